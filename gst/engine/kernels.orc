# Kernels of the picture encoder: range and matrix to JFIF.
