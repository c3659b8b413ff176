-- KEYS: base, set of queues. ARGV: -, name. Opens the queue and forgets consumers that have long been gone.
-- A write that needs no memory comes first: Redis then allows the rest even when memory is full, and consuming is what
-- makes room again.
redis.call('DEL', base .. 'none')
redis.call('SADD', KEYS[2], ARGV[2])
redis.pcall('XGROUP', 'CREATE', work, 'g', '0', 'MKSTREAM')
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', work, 'g')) do
  local facts = {}
  for i = 1, #consumer, 2 do facts[consumer[i]] = consumer[i + 1] end
  if facts.pending == 0 and facts.idle > 600000 then
    redis.call('XGROUP', 'DELCONSUMER', work, 'g', facts.name)
  end
end
return 1
