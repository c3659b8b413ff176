using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;
using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Protocol.Methods.Approvals;

namespace OpenClaw.Gateway.Core.HostCommands;

/// <summary>
/// What may run on this machine when a gateway asks it as a node. The machine's own <c>exec-approvals.json</c> decides, and
/// <c>tools.exec</c> of its configuration where the file is silent: both are read anew for every command.
/// </summary>
public sealed class HostCommandPolicy : IDisposable
{
    private readonly GatewayEnvironment _environment;
    private readonly ExecApprovalsFile _file;
    private readonly ExecAllowlist _allowlist;
    private readonly string _path;
    private readonly Audit _audit;

    /// <summary>The rules of one instance.</summary>
    /// <param name="environment">Whose home holds the file of approvals, and whose variables commands inherit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">For the log.</param>
    public HostCommandPolicy(GatewayEnvironment environment, TimeProvider time, ILoggerFactory loggers)
    {
        _environment = environment;
        _path = ExecApprovals.PathIn(environment.HomeDirectory);
        _file = new ExecApprovalsFile(_path, time);
        _allowlist = new ExecAllowlist(_file, time, loggers.CreateLogger<ExecAllowlist>());
        _audit = new Audit(loggers);
    }

    /// <summary>Decides about a command. One that is approved for good is put on the allowlist.</summary>
    /// <param name="command">The command.</param>
    /// <param name="config">The configuration as it is now.</param>
    /// <param name="cancellationToken">Stops a write of the allowlist.</param>
    public async Task<HostCommandRuling> JudgeAsync(HostCommand command, ConfigSection config, CancellationToken cancellationToken)
    {
        var agentId = command.AgentId ?? "main";
        var own = config.Section("agents").Sections("list").FirstOrDefault(agent => agent.Text("id") == agentId);
        var options = ExecOptions.From(config.Section("tools").Section("exec"), own.Section("tools").Section("exec"));
        var policy = PolicyOf(options, ExecApprovals.Load(_path, agentId));
        if (policy.Security == ExecSecurity.Deny)
            return new HostCommandRuling(HostCommandVerdict.Disabled, null);
        var shell = ShellLine.Of(command.Arguments);
        // What is shown to people, and looked up, must be what runs.
        if (command.RawLine is not null && command.RawLine.Trim() != shell?.Line.Trim())
            return new HostCommandRuling(HostCommandVerdict.LineDiffers, null);
        var cwd = command.Cwd ?? _environment.HomeDirectory;
        if (!Path.IsPathFullyQualified(cwd) || !Directory.Exists(cwd))
            return new HostCommandRuling(HostCommandVerdict.NoDirectory, null);
        var finder = new ProgramFinder(CommandEnvironment.SearchPath(_environment.Variables, options));
        var plan = shell is null
            ? ExecPlan.Create(command.Arguments, cwd, command.Variables, finder)
            : ExecPlan.Create(shell.Line, cwd, command.Variables, finder);
        var verdict = policy.Judge(plan);
        if (!command.Approved && verdict != ExecVerdict.Run)
            return new HostCommandRuling(verdict == ExecVerdict.AskFirst ? HostCommandVerdict.ApprovalRequired : HostCommandVerdict.NotListed, null);
        if (command.ApprovedForGood && policy.Security == ExecSecurity.Allowlist)
            await _allowlist.AddAsync(agentId, plan, cancellationToken).ConfigureAwait(false);
        var seen = command.Approved || policy.Security == ExecSecurity.Full;
        var environment = CommandEnvironment.Build(_environment.Variables, Allowed(command.Variables), options);
        return new HostCommandRuling(HostCommandVerdict.Run, new HostCommandStart(seen ? command.Arguments : AsChecked(command.Arguments, shell, plan), cwd, environment));
    }

    /// <summary>Where the programs of these names are; those that are nowhere are left out.</summary>
    public IReadOnlyDictionary<string, string> Which(IEnumerable<string> names)
    {
        var finder = new ProgramFinder(CommandEnvironment.SearchPath(_environment.Variables, new ExecOptions()));
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names.Select(static name => name.Trim()))
        {
            // A path is no name: it would tell a caller which files there are.
            if (name.Length > 0 && name.IndexOfAny(['/', '\\', '\0']) < 0 && finder.Find(name, "/") is { } path)
                found[name] = path;
        }
        return found;
    }

    /// <summary>The file of approvals, without its secret. It is made when there is none.</summary>
    /// <exception cref="IOException">It cannot be read or made.</exception>
    public Task<ExecApprovalsResult> ReadApprovalsAsync(CancellationToken cancellationToken) => _file.ReadAsync(cancellationToken);

    /// <summary>Replaces the file, if the caller has seen what is in it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<HostApprovalsWrite> ReplaceApprovalsAsync(ExecApprovalsDocument document, string? baseHash, CancellationToken cancellationToken)
    {
        var (status, result) = await _file.ReplaceAsync(document, baseHash, cancellationToken).ConfigureAwait(false);
        if (result is not null)
            _audit.ApprovalsWritten(AuditActor.Host, result.Path, result.Hash);
        return new HostApprovalsWrite(result, status == ApprovalsWriteStatus.HashRequired);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>The file's word counts before the configuration's: it is what people are shown and change from afar.</summary>
    private ExecPolicy PolicyOf(ExecOptions options, ExecApprovals approvals) => approvals.Unreadable
        ? new ExecPolicy(approvals.Security == ExecSecurity.Deny ? ExecSecurity.Deny : ExecSecurity.Allowlist, ExecAsk.Always, approvals, [], _environment.HomeDirectory)
        : new ExecPolicy(approvals.Security ?? options.Security, approvals.Ask ?? options.Ask, approvals, options.SafeBins, _environment.HomeDirectory);

    private static Dictionary<string, string> Allowed(IReadOnlyDictionary<string, string> variables)
    {
        var refused = CallVariables.Refused(variables.Keys).ToHashSet(StringComparer.Ordinal);
        return variables.Where(variable => !refused.Contains(variable.Key)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>
    /// Nobody has read this command, so it runs in the one form in which it was checked: with the programs that were found, and without
    /// the profile that a login shell would run first.
    /// </summary>
    private static IReadOnlyList<string> AsChecked(IReadOnlyList<string> arguments, ShellLine? shell, ExecPlan plan) =>
        shell is null ? [plan.Programs[0], .. arguments.Skip(1)] : [shell.Shell, "-c", plan.QuotedCommand()!];
}

/// <summary>How replacing the file of approvals ended.</summary>
/// <param name="Result">The new content; null when it was not written.</param>
/// <param name="HashMissing">Why not: the caller did not say what he saw. Otherwise somebody changed it since.</param>
public sealed record HostApprovalsWrite(ExecApprovalsResult? Result, bool HashMissing);
