using System.Diagnostics;

namespace OpenClaw.Conformance.Tests.Processes;

/// <summary>A program with its fixed leading arguments, e.g. Node and the script.</summary>
internal sealed record ProgramPath(string FileName, params string[] Leading);

/// <summary>Starts programs with an environment that holds nothing of the tester's.</summary>
internal static class ProgramRun
{
    /// <summary>Only ever reached by a failing test; a cold start of the peer on a busy machine takes more than half a minute.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly string[] Inherited = ["PATH", "DOTNET_ROOT", "DOTNET_CLI_HOME", "TMPDIR", "LANG", "SystemRoot"];

    public static async Task<CommandResult> RunAsync(ProgramPath program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(program, environment, arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"Still running after {Limit.TotalSeconds:0} s: {string.Join(' ', arguments)}\n{await output}\n{await error}");
        }
        return new CommandResult(string.Join(' ', arguments), process.ExitCode, await output, await error);
    }

    public static Process Start(ProgramPath program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program.FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = environment["HOME"],
        };
        foreach (var argument in program.Leading.Concat(arguments))
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("Not started: " + program.FileName);
    }
}
