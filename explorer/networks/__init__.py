"""Layers of real networks: what a constructor call of any framework says, its sizes and costs, and it elsewhere."""

from explorer.networks.call import AxisCall, LayerCall

__all__ = ["AxisCall", "LayerCall"]
