using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>The note that every run leaves in the transcript before its message: other programs keep it and show it to nobody.</summary>
internal static class RunMark
{
    public const string CustomType = "openclaw.run";

    /// <summary>Property of the run's id; a name of its own, so that it can be searched for.</summary>
    public const string IdProperty = "openclawRunId";

    /// <summary>Why the message was given up, where it was.</summary>
    public const string ErrorProperty = "error";

    public static JsonObject Data(string runId, string? error = null) =>
        error is null ? new() { [IdProperty] = runId } : new() { [IdProperty] = runId, [ErrorProperty] = error };
}
