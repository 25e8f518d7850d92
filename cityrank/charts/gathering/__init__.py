"""What charts are made of, read through a gate and turned into the figures of `cityrank.charts.data`."""
