-- KEYS: base. ARGV: -, id. Returns 0 for a message that is not to be handled, or that a consumer has.
local id = ARGV[2]
local key = redis.call('HGET', message(id), 'k')
if not key or not redis.call('ZSCORE', live, id) then return 0 end

local function gone()
  redis.call('ZREM', live, id)
  forget(id)
  return 1
end

if key ~= '' and redis.call('LREM', base .. 'lane:' .. key, 1, id) == 1 then return gone() end
if redis.call('ZREM', late, id) == 0 then
  -- It is ahead of its key, so there is a turn of it.
  local from, entry = '-', nil
  repeat
    local turns = redis.call('XRANGE', work, from, '+', 'COUNT', 1000)
    for _, found in ipairs(turns) do
      if found[2][2] == id then entry = found[1] end
    end
    from = #turns > 0 and '(' .. turns[#turns][1]
  until entry or not from
  if not entry then return 0 end
  local pending = redis.pcall('XPENDING', work, 'g', entry, entry, 1)
  if not pending.err and #pending > 0 then return 0 end
  redis.call('XDEL', work, entry)
end
gone()
advance(key)
return 1
