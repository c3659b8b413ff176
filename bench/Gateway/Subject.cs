namespace OpenClaw.Benchmarks.Gateway;

/// <summary>A server to measure, and the command line that asks it for its health.</summary>
internal sealed record Subject
{
    /// <summary>Heading of its column.</summary>
    public required string Name { get; init; }

    public required string FileName { get; init; }

    public required Func<int, string[]> ServerArguments { get; init; }

    public required Func<int, string[]> ClientArguments { get; init; }

    /// <summary>Added to the environment of server and client.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How often starts and client runs are repeated.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>Calls of one connection in one round of load.</summary>
    public int CallsPerConnection { get; init; } = 20_000;
}
