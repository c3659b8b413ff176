-- Put before every script. ARGV[1] is 0; only tests, which let time pass, give another number of milliseconds.
-- All time is the server's: the clocks of its clients never meet.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000) + tonumber(ARGV[1])

-- Lua writes large numbers with an exponent unless told otherwise.
local function text(number) return string.format('%.0f', number) end

-- The next number of a counter that rises even if Redis forgot the last one, as it is never below the clock's microseconds.
local function rising(key)
  local number = math.max(tonumber(redis.call('GET', key) or 0) + 1, now * 1000)
  redis.call('SET', key, text(number))
  return number
end
