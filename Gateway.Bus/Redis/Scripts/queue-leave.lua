-- KEYS: base. ARGV: -, consumer. One that still has turns is kept: they would be lost with it, and are claimed later.
local pending = redis.pcall('XPENDING', work, 'g', '-', '+', 1, ARGV[2])
if not pending.err and #pending == 0 then
  redis.call('XGROUP', 'DELCONSUMER', work, 'g', ARGV[2])
end
return 1
