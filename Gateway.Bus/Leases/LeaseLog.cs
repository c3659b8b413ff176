using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Bus.Leases;

/// <summary>What is told of leases, whatever they are kept in.</summary>
internal static partial class LeaseLog
{
    [LoggerMessage(BusEvents.LeaseCallbackFailed, LogLevel.Error, "A callback on the loss of lease {Lease} failed")]
    public static partial void LogCallbackFailed(this ILogger logger, Exception exception, string lease);
}
