namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Decides from the configuration and the stored approvals whether a command runs, is asked about, or is refused.</summary>
internal sealed record ExecPolicy(ExecSecurity Security, ExecAsk Ask, ExecApprovals Approvals, IReadOnlyList<string> SafePrograms, string HomeDir)
{
    /// <summary>The stricter of both sides holds; a call may make it stricter still.</summary>
    public static ExecPolicy Of(ExecOptions options, ExecApprovals approvals, ExecSecurity? callSecurity, ExecAsk? callAsk, string homeDir)
    {
        var security = Lowest(options.Security, approvals.Security, callSecurity);
        var ask = Highest(options.Ask, approvals.Ask, callAsk);
        // A file nobody can read may have said no.
        if (approvals.Unreadable)
            (security, ask) = (Lowest(security, ExecSecurity.Allowlist, null), ExecAsk.Always);
        return new ExecPolicy(security, ask, approvals, options.SafeBins, homeDir);
    }

    public ExecVerdict Judge(ExecPlan plan)
    {
        if (Security == ExecSecurity.Deny)
            return ExecVerdict.Refuse;
        var listed = IsListed(plan);
        if (Ask == ExecAsk.Always || (Ask == ExecAsk.OnMiss && Security == ExecSecurity.Allowlist && !listed))
            return ExecVerdict.AskFirst;
        return Security == ExecSecurity.Full || listed ? ExecVerdict.Run : ExecVerdict.Refuse;
    }

    /// <summary>Whether the command may run although nobody answered.</summary>
    public bool AllowsUnanswered(ExecPlan plan) => Lowest(Security, Approvals.AskFallback, null) switch
    {
        ExecSecurity.Full => true,
        ExecSecurity.Allowlist => IsListed(plan),
        _ => false,
    };

    /// <summary>Every program of the line is on the allowlist or is a filter used as one, and no variable makes it do anything else.</summary>
    public bool IsListed(ExecPlan plan)
    {
        if (plan.Analysis is null || plan.Programs.Count == 0 || !plan.Variables.All(static variable => CallVariables.IsForLooks(variable.Key, variable.Value)))
            return false;
        for (var i = 0; i < plan.Programs.Count; i++)
        {
            if (!IsListed(plan.Programs[i], plan.Analysis.Commands[i], plan.Cwd))
                return false;
        }
        return true;
    }

    private bool IsListed(string program, IReadOnlyList<string> words, string cwd)
    {
        if (Approvals.Allowlist.Any(pattern => PathGlob.Matches(pattern, program, HomeDir)))
            return true;
        // By its plain name only: a path could name a program of the same name that is none of these.
        return !words[0].Contains('/', StringComparison.Ordinal)
            && SafePrograms.Contains(words[0], StringComparer.Ordinal)
            && SafeBins.Allows(words[0], [.. words.Skip(1)], cwd);
    }

    private static ExecSecurity Lowest(ExecSecurity first, ExecSecurity? second, ExecSecurity? third) =>
        (ExecSecurity)Math.Min((int)first, Math.Min((int)(second ?? first), (int)(third ?? first)));

    private static ExecAsk Highest(ExecAsk first, ExecAsk? second, ExecAsk? third) =>
        (ExecAsk)Math.Max((int)first, Math.Max((int)(second ?? first), (int)(third ?? first)));
}

internal enum ExecVerdict
{
    Run,
    AskFirst,
    Refuse,
}
