namespace OpenClaw.Cli.Services;

/// <summary>What was done to a service.</summary>
/// <param name="Lines">What was done, a line each.</param>
/// <param name="Failure">Why it was not; null when it was.</param>
internal sealed record ServiceOutcome(IReadOnlyList<string> Lines, ServiceFailure? Failure = null)
{
    /// <summary>What the user should know besides.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static ServiceOutcome Failed(ServiceFailure failure) => new([], failure);
}

/// <summary>Whether a service is installed.</summary>
/// <param name="IsLoaded">The service manager starts it by itself.</param>
/// <param name="Failure">Why that cannot be told.</param>
internal sealed record ServicePresence(bool IsLoaded, ServiceFailure? Failure = null);

/// <summary>A definition that is installed, in whatever form its service manager wants.</summary>
/// <param name="Arguments">Program and arguments.</param>
/// <param name="SourcePath">The file.</param>
internal sealed record InstalledService(IReadOnlyList<string> Arguments, string SourcePath)
{
    public string? WorkingDirectory { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The file as it is.</summary>
    public required string Text { get; init; }

    /// <summary>Value of <c>--port</c> on its command line.</summary>
    public int? Port
    {
        get
        {
            for (var i = 0; i < Arguments.Count; i++)
            {
                var text = Arguments[i] == "--port" && i + 1 < Arguments.Count ? Arguments[i + 1]
                    : Arguments[i].StartsWith("--port=", StringComparison.Ordinal) ? Arguments[i]["--port=".Length..] : null;
                if (text is not null && int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535)
                    return port;
            }
            return null;
        }
    }
}

/// <summary>How a service is doing.</summary>
/// <param name="Status"><c>running</c>, <c>stopped</c> or <c>unknown</c>.</param>
internal sealed record ServiceRuntime(string Status)
{
    public const string Running = "running";
    public const string Stopped = "stopped";
    public const string Unknown = "unknown";

    public string? State { get; init; }

    public string? SubState { get; init; }

    public int? Pid { get; init; }

    public int? LastExitStatus { get; init; }

    public string? LastExitReason { get; init; }

    public string? LastRunResult { get; init; }

    public string? LastRunTime { get; init; }

    /// <summary>Why it is unknown, or what else there is to say.</summary>
    public string? Detail { get; init; }

    /// <summary>The service manager does not know the service.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The service manager still has a service whose definition is gone.</summary>
    public bool IsCached { get; init; }

    public bool IsRunning => Status == Running;

    public override string ToString()
    {
        var details = new List<string>();
        if (Pid is { } pid)
            details.Add(FormattableString.Invariant($"pid {pid}"));
        if (State is not null)
            details.Add("state " + State);
        if (SubState is not null)
            details.Add("sub " + SubState);
        if (LastExitStatus is { } status)
            details.Add(FormattableString.Invariant($"last exit {status}"));
        if (LastExitReason is not null)
            details.Add("reason " + LastExitReason);
        if (LastRunResult is not null)
            details.Add("last run " + LastRunResult);
        if (LastRunTime is not null)
            details.Add("last run time " + LastRunTime);
        if (Detail is not null)
            details.Add(Detail);
        return details.Count == 0 ? Status : $"{Status} ({string.Join(", ", details)})";
    }
}
