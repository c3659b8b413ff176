namespace OpenClaw.Conformance.Tests.Processes;

/// <summary>What a finished command left behind.</summary>
internal sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Error)
{
    public override string ToString() => $"$ {CommandLine}\n[exit {ExitCode}]\n{Output}\n--- stderr\n{Error}";
}
