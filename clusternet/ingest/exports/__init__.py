"""Exports of survey tools: whatever file, whatever dialect, become the tables of the contract."""
