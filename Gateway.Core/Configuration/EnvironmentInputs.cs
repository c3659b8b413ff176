namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>What a process was started with; only a composition root fills this in.</summary>
public sealed record EnvironmentInputs
{
    /// <summary>The process's environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The user's home directory as the operating system gives it, used when <c>HOME</c> is unset.</summary>
    public required string UserHomeDirectory { get; init; }

    /// <summary>Directory the process was started in; its <c>.env</c> file is read.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>The system's directory for temporary files.</summary>
    public required string TempDirectory { get; init; }

    /// <summary>Numeric user id, part of the lock directory's name; null where there is none (Windows).</summary>
    public uint? UserId { get; init; }

    /// <summary>Profile chosen with <c>--profile</c> or <c>--dev</c>; null when neither was given.</summary>
    public string? Profile { get; init; }
}
