using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Core.Services;

/// <summary>What a starting core service logs.</summary>
internal static partial class CoreServiceLog
{
    [LoggerMessage(7201, LogLevel.Critical, "The core does not start: {Reason}")]
    public static partial void Refused(ILogger logger, string reason);
}
