namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>
/// What this core has to tell the others, numbered, in order. The last of it is kept for a while after it was sent: whoever was cut
/// off asks for it again.
/// </summary>
internal sealed class RelayOutbox(CoreId self, CoreDirectory cores)
{
    /// <summary>Most records kept. A busy core tells some hundred in a second; outages of a minute are to lose only deltas.</summary>
    public const int MaxRecords = 20_000;

    /// <summary>Most bytes of payload kept.</summary>
    public const long MaxBytes = 16 << 20;

    /// <summary>Most bytes of payload in one message of the bus, unless one record is larger.</summary>
    private const int MaxBatchBytes = 256 << 10;

    private readonly Lock _gate = new();
    private readonly LinkedList<RelayRecord> _kept = new();
    private readonly Signal _posted = new();
    private long _bytes;

    // Number of the first record that is kept.
    private long _first = 1;

    /// <summary>Number of the next record.</summary>
    public long Next
    {
        get
        {
            lock (_gate)
                return _first + _kept.Count;
        }
    }

    /// <summary>Takes a record, unless this core is alone. Calls that come one after the other keep their order.</summary>
    public void Post(RelayKind kind, string name, ReadOnlyMemory<byte> payload, bool? dropIfSlow = null)
    {
        if (!cores.MayHaveOthers)
            return;
        lock (_gate)
        {
            _kept.AddLast(new RelayRecord(kind, name, payload, dropIfSlow));
            _bytes += payload.Length;
            while (_kept.Count > MaxRecords || (_bytes > MaxBytes && _kept.Count > 1))
            {
                _bytes -= _kept.First!.Value.Payload.Length;
                _kept.RemoveFirst();
                _first++;
            }
        }
        _posted.Raise();
    }

    /// <summary>The records from a number on, as many as one message carries; fewer or later ones when they are not kept any more.</summary>
    public RelayBatch Read(long from)
    {
        lock (_gate)
        {
            var skip = Math.Max(0, from - _first);
            var records = new List<RelayRecord>();
            var bytes = 0L;
            var back = _kept.Count - skip;
            // From the nearer end: the sender is almost always at the last records.
            var node = skip < back ? _kept.First : _kept.Last;
            if (skip < back)
            {
                for (var i = 0L; i < skip; i++)
                    node = node!.Next;
            }
            else
            {
                for (var i = 1L; i < back; i++)
                    node = node!.Previous;
                if (back <= 0)
                    node = null;
            }
            for (; node is not null && (bytes == 0 || bytes + node.Value.Payload.Length <= MaxBatchBytes); node = node.Next)
            {
                records.Add(node.Value);
                bytes += Math.Max(1, node.Value.Payload.Length);
            }
            return new RelayBatch(self.Value, Math.Min(_first + skip, _first + _kept.Count), records);
        }
    }

    /// <summary>Waits for a record, or for the limit.</summary>
    public Task WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken stopping) => _posted.WaitAsync(limit, time, stopping);
}
