namespace OpenClaw.Fakes.OpenAi;

/// <summary>Writes an answer in one wire form.</summary>
internal interface IReplyWriter
{
    Task StartAsync(FakeUsage? usage, CancellationToken cancellationToken);

    Task TextAsync(string text, CancellationToken cancellationToken);

    Task ReasoningAsync(string text, string field, CancellationToken cancellationToken);

    Task ToolAsync(ToolStep tool, CancellationToken cancellationToken);

    Task FinishAsync(string reason, FakeUsage? usage, CancellationToken cancellationToken);
}
