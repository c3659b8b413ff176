using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;
using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Tools;

/// <summary>The command tools in a workspace of the test's.</summary>
internal sealed class ExecHarness : IAsyncDisposable
{
    private readonly ExecApprovalsFile _approvalsFile;
    private readonly ExecGuard _guard;

    public ExecHarness(Func<ExecApprovalRequest, ExecDecision>? decide = null, string execConfig = "{}")
    {
        Workspace = Directory["workspace"];
        System.IO.Directory.CreateDirectory(Workspace);
        Approver = new FakeApprover(decide ?? (static _ => ExecDecision.Unavailable));
        Configuration = new TestConfiguration(
            new JsonObject { ["tools"] = new JsonObject { ["exec"] = JsonNode.Parse(execConfig) } }, Directory.Path);
        _approvalsFile = new ExecApprovalsFile(ExecApprovals.PathIn(Configuration.HomeDir), Time);
        _guard = new ExecGuard(Configuration, Approver, new ExecAllowlist(_approvalsFile, Time, NullLogger<ExecAllowlist>.Instance), Time);
        Processes = new ProcessTable(Time);
    }

    public TempDirectory Directory { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public string Workspace { get; }

    public FakeApprover Approver { get; }

    public TestConfiguration Configuration { get; }

    public ProcessTable Processes { get; }

    public List<ToolResult> Updates { get; } = [];

    public string ApprovalsPath => ExecApprovals.PathIn(Directory.Path);

    public void WriteApprovals(string json)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(ApprovalsPath)!);
        File.WriteAllText(ApprovalsPath, json);
    }

    public Task<ToolResult> ExecAsync(string command, CancellationToken cancellationToken = default) =>
        ExecAsync(new JsonObject { ["command"] = command }, cancellationToken);

    public Task<ToolResult> ExecAsync(JsonObject arguments, CancellationToken cancellationToken = default) =>
        CallAsync(new ExecTool(Context(), Configuration, _guard, Processes, Time), arguments, cancellationToken);

    public Task<ToolResult> ProcessAsync(string action, string? session = null, string? data = null)
    {
        var arguments = new JsonObject { ["action"] = action };
        if (session is not null)
            arguments["sessionId"] = session;
        if (data is not null)
            arguments["data"] = data;
        return CallAsync(new ProcessTool(Context(), Processes), arguments, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Processes.StopAsync(CancellationToken.None).WithTimeout();
        _approvalsFile.Dispose();
        Directory.Dispose();
    }

    public static string TextOf(ToolResult result) => ((TextBlock)result.Content[0]).Text;

    public static string? ErrorOf(ToolResult result) => (string?)result.Details?["error"];

    private ToolContext Context() => new(
        new RunRequest { RunId = "r", Session = new SessionAddress("main", "agent:main:main", "id"), Message = "" },
        Workspace,
        ToolsOptions.From(Configuration.Root, "main"));

    private Task<ToolResult> CallAsync(IAgentTool tool, JsonObject arguments, CancellationToken cancellationToken)
    {
        var (checkedArguments, errors) = ToolArguments.Check(tool, arguments);
        Assert.Empty(errors);
        return tool.ExecuteAsync(new ToolInvocation("call", checkedArguments, Add), cancellationToken).WithTimeout();
    }

    private void Add(ToolResult update)
    {
        lock (Updates)
            Updates.Add(update);
    }
}
