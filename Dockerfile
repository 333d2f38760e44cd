# The explorer's server in a container: `docker build --tag transposed-convolution-explorer .`
# Built and checked for x86-64: deploy/torch.lock names the wheel of that processor and of this Python.
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS packages
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
WORKDIR /build
RUN python3 -m venv /opt/explorer
COPY deploy/torch.lock deploy/requirements.lock ./
# torch first, from its own index: PyPI's brings several GB of CUDA along. Everything is compared with its hash.
RUN /opt/explorer/bin/pip install --no-cache-dir --require-hashes --no-deps --index-url "${TORCH_INDEX}" -r torch.lock \
    && /opt/explorer/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock \
    && /opt/explorer/bin/pip check
# What only builds and tests need.
RUN /opt/explorer/bin/pip uninstall --yes setuptools pip \
    && find /opt/explorer/lib/python3*/site-packages/torch/include /opt/explorer/lib/python3*/site-packages/torch/test -delete \
    && find /opt/explorer/lib/python3*/site-packages/torch/bin -type f ! -name torch_shm_manager -delete \
    && find /opt/explorer -name "*.a" -delete
WORKDIR /srv
COPY .streamlit .streamlit
COPY app.py deploy/health.py ./
COPY explorer explorer
RUN python3 -m compileall -q explorer

FROM python:${PYTHON}
COPY --from=packages /opt/explorer /opt/explorer
COPY --from=packages /srv /srv
# Nothing is written but to /tmp, and of ours only a font for pictures: the file system may be read-only.
# One thread for each computation: what is computed is small, and the other processors are for the other visitors.
ENV PATH=/opt/explorer/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
WORKDIR /srv
USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["python", "health.py"]
CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501"]
