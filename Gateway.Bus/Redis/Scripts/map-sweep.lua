-- Tells of the entries whose time is over. Returns the milliseconds until the next one's is, or -1.
sweep()
local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
return first[1] and math.max(1, first[2] - now) or -1
