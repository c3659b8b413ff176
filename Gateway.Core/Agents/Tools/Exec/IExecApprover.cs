namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Asks a person whether a command may run.</summary>
internal interface IExecApprover
{
    /// <summary>
    /// Waits for the decision until <see cref="ExecApprovalRequest.ExpiresAt"/> at the latest; then it is
    /// <see cref="ExecDecision.TimedOut"/>. <see cref="ExecDecision.Unavailable"/> at once when nobody can be asked.
    /// </summary>
    Task<ExecDecision> RequestAsync(ExecApprovalRequest request, CancellationToken cancellationToken);
}

/// <summary>A command that waits for approval. An approval holds for exactly this, and is checked again when it runs.</summary>
internal sealed record ExecApprovalRequest
{
    /// <summary>A UUID; people see its first eight characters.</summary>
    public required string Id { get; init; }

    /// <summary>The command as it will be given to the shell.</summary>
    public required string Command { get; init; }

    /// <summary>The command for people: characters that cannot be seen or turn text around are written as escapes.</summary>
    public required string DisplayCommand { get; init; }

    public required string Cwd { get; init; }

    /// <summary>Variables the call sets on top of the gateway's own environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Always <c>gateway</c> here.</summary>
    public required string Host { get; init; }

    public required ExecSecurity Security { get; init; }

    public required ExecAsk Ask { get; init; }

    public required string AgentId { get; init; }

    public required string SessionKey { get; init; }

    /// <summary>The first program's file; null when the command is more than a list of plain commands.</summary>
    public string? ResolvedPath { get; init; }

    /// <summary>Identifies command, programs, directory and environment together.</summary>
    public required string Fingerprint { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

internal enum ExecDecision
{
    AllowOnce,

    /// <summary>And from now on without asking.</summary>
    AllowAlways,
    Deny,
    TimedOut,

    /// <summary>Nobody could be asked.</summary>
    Unavailable,
}

/// <summary>Used while nothing else is registered: there is nobody to ask.</summary>
internal sealed class NoExecApprover : IExecApprover
{
    public Task<ExecDecision> RequestAsync(ExecApprovalRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(ExecDecision.Unavailable);
}
