using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenClaw.Gateway.Bus.Calls;

namespace OpenClaw.Gateway.Bus;

/// <summary>What the bus counts and times. Tags are names that the program chose, never keys or other data.</summary>
internal sealed class BusMetrics
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string SourceName = "OpenClaw.Gateway.Bus";

    public static readonly ActivitySource Activities = new(SourceName);

    private readonly Counter<long> _topicDropped;
    private readonly Histogram<double> _callDuration;
    private readonly Counter<long> _queueAppended;
    private readonly Counter<long> _queueSettled;
    private readonly Histogram<double> _journalCommit;
    private readonly Histogram<int> _journalBatch;

    public BusMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SourceName);
        _topicDropped = meter.CreateCounter<long>("openclaw.bus.topic.dropped", "{message}", "Messages that slow subscribers lost");
        _callDuration = meter.CreateHistogram<double>("openclaw.bus.call.duration", "s", "Time from a call to its outcome");
        _queueAppended = meter.CreateCounter<long>("openclaw.bus.queue.appended", "{message}", "Messages that became durable");
        _queueSettled = meter.CreateCounter<long>("openclaw.bus.queue.settled", "{message}", "Attempts and endings of messages, by outcome");
        _journalCommit = meter.CreateHistogram<double>("openclaw.bus.journal.commit.duration", "s", "Time to write a batch and make it durable");
        _journalBatch = meter.CreateHistogram<int>("openclaw.bus.journal.commit.records", "{record}", "Records that shared one commit");
    }

    public void TopicDropped(string topic, int count)
    {
        if (count > 0)
            _topicDropped.Add(count, new KeyValuePair<string, object?>("topic", topic));
    }

    public void Called(string service, CallOutcome outcome, TimeSpan duration) => _callDuration.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>("service", service),
        new KeyValuePair<string, object?>("outcome", Name(outcome)));

    public void QueueAppended(string queue) => _queueAppended.Add(1, new KeyValuePair<string, object?>("queue", queue));

    public void QueueSettled(string queue, string outcome) => _queueSettled.Add(
        1,
        new KeyValuePair<string, object?>("queue", queue),
        new KeyValuePair<string, object?>("outcome", outcome));

    public void JournalCommitted(string queue, int records, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("queue", queue);
        _journalCommit.Record(duration.TotalSeconds, tag);
        _journalBatch.Record(records, tag);
    }

    public static string Name(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Answered => "answered",
        CallOutcome.NoServer => "no_server",
        CallOutcome.Overloaded => "overloaded",
        CallOutcome.TooLarge => "too_large",
        CallOutcome.Unavailable => "unavailable",
        CallOutcome.ServerFailed => "server_failed",
        CallOutcome.ServerStopped => "server_stopped",
        _ => "deadline_exceeded",
    };
}
