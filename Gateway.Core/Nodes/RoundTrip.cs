namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>How long answers take to come, estimated as RFC 6298 does it: the smoothed mean and four times the deviation from it.</summary>
internal sealed class RoundTrip
{
    private double _mean;
    private double _deviation;
    private bool _isKnown;

    public void Add(TimeSpan took)
    {
        var ms = took.TotalMilliseconds;
        if (_isKnown)
        {
            _deviation = (0.75 * _deviation) + (0.25 * Math.Abs(_mean - ms));
            _mean = (0.875 * _mean) + (0.125 * ms);
            return;
        }
        (_mean, _deviation, _isKnown) = (ms, ms / 2, true);
    }

    /// <summary>The longest that is to be expected.</summary>
    public TimeSpan Longest(TimeSpan unknown) => _isKnown ? TimeSpan.FromMilliseconds(_mean + (4 * _deviation)) : unknown;
}
