"""Where functions run on many machines: what travels, who decides, who speaks to Dask."""
