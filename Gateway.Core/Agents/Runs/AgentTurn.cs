using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Prepares one run (model, tools, prompt, transcript), lets its loop work, and notes the outcome.</summary>
internal sealed class AgentTurn(
    IAgentConfiguration configuration,
    ModelResolver models,
    IChatClientFactory clients,
    ISessionTranscripts transcripts,
    AgentWorkspace workspace,
    IEnumerable<IAgentToolSource> toolSources,
    HostFacts host,
    TimeProvider time,
    ILogger<AgentTurn> logger) : IAgentTurn
{
    private readonly SharedPrompts _prompts = new();

    public async Task<RunResult> ExecuteAsync(AgentRun run)
    {
        var agent = AgentOptions.From(configuration.Root, run.Session.AgentId);
        run.MarkStarted();
        await using var deadline = StartDeadline(run, agent);
        await workspace.EnsureAsync(agent, run.Cancellation).ConfigureAwait(false);
        var candidates = models.Candidates(agent, run.Request.Model);
        var directory = workspace.DirectoryOf(agent);
        var tools = CreateTools(run, directory, candidates[0]);
        var (setup, report) = await PrepareAsync(run, agent, directory, tools, candidates[0]).ConfigureAwait(false);
        var state = new TurnState(run, report);
        await run.Request.HeldUntil.WaitAsync(run.Cancellation).ConfigureAwait(false);
        var transcript = await transcripts.OpenAsync(run.Session, directory, run.ExpectedTimes(), run.Cancellation).ConfigureAwait(false);
        await using (transcript.ConfigureAwait(false))
        {
            var route = new ModelRoute(models, agent, candidates);
            var loop = new TurnLoop(run, transcript, route, clients, new ToolRunner(run, tools, logger), setup, state, time, logger);
            return await loop.RunAsync().ConfigureAwait(false);
        }
    }

    public Task RecordAsync(AgentRun run, RunResult result) => transcripts.RecordRunAsync(run.Session, result, CancellationToken.None);

    private ITimer StartDeadline(AgentRun run, AgentOptions agent)
    {
        var limit = run.Request.Timeout ?? agent.Timeout;
        // A timer's longest time is shorter than the longest the configuration can say.
        var due = limit <= TimeSpan.Zero || limit.TotalMilliseconds >= int.MaxValue ? Timeout.InfiniteTimeSpan : limit;
        return time.CreateTimer(static state => ((AgentRun)state!).TryAbort(RunAbortReason.Timeout), run, due, Timeout.InfiniteTimeSpan);
    }

    private ToolSet CreateTools(AgentRun run, string directory, ModelRef model)
    {
        var options = ToolsOptions.From(configuration.Root, run.Session.AgentId);
        var context = new ToolContext(run.Request, directory, options);
        var isSubagent = run.Session.SessionKey.Contains(":subagent:", StringComparison.Ordinal);
        var own = ToolPolicy.Filter(toolSources.SelectMany(source => source.CreateTools(context)), options, model, isSubagent);
        // The caller knows its own functions; one of the agent's of the same name would be called in its place.
        return new ToolSet(own.Where(tool => !run.Request.ClientTools.Has(tool.Name)));
    }

    private async Task<(TurnSetup Setup, SystemPromptReport Report)> PrepareAsync(
        AgentRun run, AgentOptions agent, string directory, ToolSet tools, ModelRef model)
    {
        var thinking = run.Request.Thinking ?? agent.ThinkingDefault;
        var resolved = models.Resolve(agent, model).Model;
        var (prompt, report) = SystemPromptBuilder.Build(new PromptContext
        {
            Request = run.Request,
            Agent = agent,
            WorkspaceDir = directory,
            Files = await workspace.ReadAsync(agent, run.Request.PromptMode, run.Cancellation).ConfigureAwait(false),
            Tools = tools,
            Model = model.ToString(),
            DefaultModel = models.Candidates(agent, null)[0].ToString(),
            Thinking = thinking ?? (resolved is null ? ThinkingLevel.Off : TurnSetup.DefaultThinking(resolved)),
            Host = host,
            TimeZone = TimeEnvelope.Zone(agent.UserTimezone, time.LocalTimeZone),
        }, run.NowMs);
        return (new TurnSetup(_prompts.Share(agent.AgentId, prompt), [.. tools.Declarations, .. run.Request.ClientTools.Declarations], thinking, run.Request), report);
    }
}
