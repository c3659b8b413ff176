namespace OpenClaw.Gateway.Bus.Journal;

internal sealed partial class QueueIndex
{
    private readonly Dictionary<string, SortedSet<(ulong Order, ulong Id)>> _series = new(StringComparer.Ordinal);

    /// <summary>The last message before this one in its series that is not settled; null for none.</summary>
    public ulong? FindBefore(ulong id)
    {
        lock (_gate)
        {
            if (!_items.TryGetValue(id, out var item) || !_series.TryGetValue(item.Series, out var series) || !series.Contains((item.Order, id)))
                return null;
            var before = series.GetViewBetween((0, 0), (item.Order - 1, ulong.MaxValue));
            return before.Count > 0 ? before.Max.Id : null;
        }
    }

    private void JoinSeries(QueueItem item)
    {
        if (item.Series.Length == 0)
            return;
        if (!_series.TryGetValue(item.Series, out var series))
            _series[item.Series] = series = [];
        series.Add((item.Order, item.Id));
    }

    private void LeaveSeries(QueueItem item)
    {
        if (_series.TryGetValue(item.Series, out var series) && series.Remove((item.Order, item.Id)) && series.Count == 0)
            _series.Remove(item.Series);
    }
}
