"""Template filters: how places, amounts and target forms are worded on screen."""
