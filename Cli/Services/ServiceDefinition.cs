namespace OpenClaw.Cli.Services;

/// <summary>What is to be installed, for every service manager the same.</summary>
internal sealed record ServiceDefinition
{
    /// <summary>For people.</summary>
    public required string Description { get; init; }

    /// <summary>Program, as an absolute path, and arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Variables, in the order in which they are written.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>The user to run as; null for the one that the service manager belongs to.</summary>
    public string? User { get; init; }

    /// <summary>Where the output goes under a manager that has no journal.</summary>
    public required string LogDirectory { get; init; }

    /// <summary>There is a secret among the variables; the file is for its owner alone.</summary>
    public bool HasSecret { get; init; }
}
