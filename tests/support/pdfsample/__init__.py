"""
A small PDF, made by hand, that satisfies PDF/A and PDF/UA-1; tests break it.

    sample = pdfsample.Sample('a-2a')   its objects are attributes, open to change
    sample.catalog['Lang'] = ...
    data = sample.bytes()
"""
from .sample import Sample

__all__ = ['Sample']
