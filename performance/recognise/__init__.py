"""Reading target forms: the lines of a form become a ProjectTarget or an OverallTarget. No Django."""
