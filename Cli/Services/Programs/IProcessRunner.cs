namespace OpenClaw.Cli.Services.Programs;

/// <summary>How a program of the system ended.</summary>
internal enum ProcessEnd
{
    /// <summary>By itself; its exit code says how.</summary>
    Exited,

    /// <summary>It is not there, or must not be started.</summary>
    NotStarted,

    /// <summary>It took too long and was killed.</summary>
    TimedOut,
}

/// <summary>What came of a program.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Its exit code when it ended by itself.</param>
/// <param name="Out">What it printed.</param>
/// <param name="Error">What it printed on standard error; why it was not started.</param>
internal sealed record ProcessResult(ProcessEnd End, int ExitCode, string Out, string Error)
{
    public bool Succeeded => End is ProcessEnd.Exited && ExitCode == 0;

    /// <summary>What it says about its failure: standard error, or what it printed where it said nothing there.</summary>
    public string Detail
    {
        get
        {
            var text = (Error.Trim().Length > 0 ? Error : Out).Trim();
            return End switch
            {
                ProcessEnd.TimedOut => "no answer in time",
                _ when text.Length > 0 => text,
                _ => $"exit code {ExitCode}",
            };
        }
    }
}

/// <summary>Starts programs of the system: the only place of service management that does.</summary>
internal interface IProcessRunner
{
    /// <summary>Runs a program to its end, without a shell, without input, and with nothing of this process's environment but what such programs need.</summary>
    /// <param name="program">A name, looked for on the instance's search path, or an absolute path.</param>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <param name="timeout">After this it is killed, with what it started.</param>
    /// <param name="variables">More variables for it.</param>
    /// <param name="cancellation">Kills it too.</param>
    Task<ProcessResult> RunAsync(
        string program, IReadOnlyList<string> arguments, TimeSpan timeout, IReadOnlyDictionary<string, string>? variables, CancellationToken cancellation);
}
