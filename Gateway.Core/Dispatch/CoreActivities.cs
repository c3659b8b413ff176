using System.Diagnostics;

namespace OpenClaw.Gateway.Core.Dispatch;

/// <summary>The core's spans: one per request of a client, named by its method, and one per run, named <c>agent.run</c>.</summary>
internal static class CoreActivities
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "OpenClaw.Gateway.Core";

    public static readonly ActivitySource Source = new(SourceName);
}
