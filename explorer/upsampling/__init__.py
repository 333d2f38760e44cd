"""Upsampling: what a kernel does to a constant input, and to a picture, beside the other ways to make it larger.

No Streamlit. torch is in `explorer.upsampling.training` alone, and there it is imported when a training starts.
A picture is a float64 array (C, H, W) of one channel (grey) or three (red, green, blue), 0 black to 1 white.
"""
