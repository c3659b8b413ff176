using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// Keeps the journal from growing. Segments go from the oldest on, as the end of a message may stand in a younger
/// segment than the message. Where a few messages that live long hold up many segments, they are carried on to the
/// newest one. Runs on the writer's thread.
/// </summary>
/// <param name="settings">The journal's settings.</param>
/// <param name="log">The journal.</param>
/// <param name="carry">Gives the writes that put a segment's live messages elsewhere.</param>
/// <param name="logger">For failures.</param>
internal sealed partial class JournalCompaction(JournalSettings settings, JournalLog log, Func<Segment, IReadOnlyList<JournalWrite>> carry, ILogger logger)
{
    // The allowance below which nothing is carried: reclaiming less is not worth the writes.
    private const int IdleSegments = 4;

    // More segments than one are reclaimed for each that is begun, so reclaiming overtakes growing, without appends
    // having to wait for all of it.
    private const int CarriedPerSegment = 2;

    /// <summary>Clears away some of what is no longer needed.</summary>
    /// <param name="isIdle">Whether nobody waits for the thread.</param>
    /// <returns>Whether there is more to do at once.</returns>
    public bool Run(bool isIdle)
    {
        var carried = log.TakeGrown() ? CarriedPerSegment : isIdle ? 1 : 0;
        try
        {
            DeleteFinished();
            for (; carried > 0 && IsWasteful(); carried--)
            {
                var writes = carry(log.Segments[0]);
                log.Commit(writes);
                if (writes.Any(w => w.Result is not { IsWritten: true }))
                    return false;
                var segments = log.Segments.Count;
                DeleteFinished();
                if (log.Segments.Count == segments)
                    return false;
            }
            return IsWasteful();
        }
        catch (IOException exception)
        {
            LogDeleteFailed(exception, settings.Queue);
            return false;
        }
    }

    private void DeleteFinished()
    {
        while (log.Segments.Count > 1 && log.Segments[0].LiveRecords == 0)
            log.DeleteOldest();
    }

    private bool IsWasteful()
    {
        var total = log.Segments.Sum(s => Math.Max(s.Length, JournalSettings.MinSegmentBytes));
        return log.Segments.Count > 1 && total > (2 * log.LiveBytes) + ((long)IdleSegments * settings.SegmentBytes);
    }

    [LoggerMessage(BusEvents.JournalDeleteFailed, LogLevel.Warning, "Queue {Queue}: a finished segment could not be removed; it is tried again later")]
    private partial void LogDeleteFailed(Exception exception, string queue);
}
