def sketch_data(row, number, side):
    return None
