"""Tests of batches: what is selected, made again, published and recorded, here and on a cluster."""
