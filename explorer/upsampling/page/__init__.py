"""What the page of upsampling is made of: its state, and the data that its JavaScript shows."""
