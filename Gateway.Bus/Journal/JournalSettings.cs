namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>What a journal needs to know.</summary>
/// <param name="Queue">Name of the queue, for logs and metrics.</param>
/// <param name="Directory">Where its segments are.</param>
/// <param name="SegmentBytes">Size of a segment file.</param>
internal sealed record JournalSettings(string Queue, string Directory, int SegmentBytes)
{
    /// <summary>The smallest segment, and what the bookkeeping of a file is reckoned to cost.</summary>
    public const int MinSegmentBytes = 64 << 10;

    /// <summary>Where unreadable bytes are kept.</summary>
    public string DamagedDirectory => Path.Combine(Directory, "damaged");
}
