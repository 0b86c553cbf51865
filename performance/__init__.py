"""Performance: target forms (绩效目标表) and their indicators, from file to record.

May import `disclosures`, never `audit`.
"""
