"""What the stage is measured against: sliders, torch, and one st.plotly_chart with three heatmaps."""

import gc
import os

import numpy as np
import plotly.graph_objects as go
import streamlit as st
import torch
from plotly.subplots import make_subplots

if os.environ.get("FREEZE") and "frozen" not in st.session_state:
    gc.collect()
    gc.freeze()
    st.session_state.frozen = True

st.set_page_config(layout="wide")
with st.sidebar:
    stride = st.slider("stride", 1, 4, 1, key="stride")
    padding = st.slider("padding", 0, 1, 0)
    dilation = st.slider("dilation", 1, 3, 1)
x = np.arange(16.0).reshape(4, 4)
k = np.arange(9.0).reshape(3, 3)
y = torch.nn.functional.conv_transpose2d(
    torch.from_numpy(x)[None, None],
    torch.from_numpy(k)[None, None],
    stride=stride,
    padding=padding,
    dilation=dilation,
)
figure = make_subplots(1, 3)
for column, z in enumerate((x, k, y.numpy()[0, 0]), 1):
    figure.add_trace(go.Heatmap(z=z, texttemplate="%{z}", showscale=False), 1, column)
    figure.update_yaxes(autorange="reversed", row=1, col=column)
st.plotly_chart(figure, key="figure")
