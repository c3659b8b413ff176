using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>What is told of messages, whatever the queue is kept in.</summary>
internal static partial class QueueLog
{
    [LoggerMessage(BusEvents.QueueAttemptFailed, LogLevel.Warning, "Queue {Queue}: attempt {Attempt} of {MaxAttempts} at message {Id} failed: {Reason}")]
    public static partial void LogAttemptFailed(this ILogger logger, string queue, string id, int attempt, int maxAttempts, string reason);

    [LoggerMessage(BusEvents.QueueAttemptException, LogLevel.Debug, "Queue {Queue}: the handler threw at message {Id}")]
    public static partial void LogHandlerThrew(this ILogger logger, Exception exception, string queue, string id);

    [LoggerMessage(BusEvents.QueueDeadLetter, LogLevel.Error, "Queue {Queue}: message {Id} is set aside after {Attempts} attempts: {Reason}")]
    public static partial void LogDeadLetter(this ILogger logger, string queue, string id, int attempts, string reason);

    [LoggerMessage(BusEvents.QueueExpired, LogLevel.Warning, "Queue {Queue}: message {Id} was not delivered in its time to live and is dropped after {Attempts} attempts")]
    public static partial void LogExpired(this ILogger logger, string queue, string id, int attempts);

    [LoggerMessage(BusEvents.QueueDeadLetterEvicted, LogLevel.Error, "Queue {Queue}: dead letter {Id} is dropped, as only {Max} are kept")]
    public static partial void LogDeadLetterEvicted(this ILogger logger, string queue, string id, int max);

    [LoggerMessage(BusEvents.QueueConsumerBroken, LogLevel.Critical, "Queue {Queue}: a consumer stopped")]
    public static partial void LogConsumerStopped(this ILogger logger, Exception exception, string queue);
}
