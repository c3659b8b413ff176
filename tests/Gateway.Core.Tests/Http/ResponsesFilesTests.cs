using System.Text;

namespace OpenClaw.Gateway.Core.Tests.Http;

public sealed class ResponsesFilesTests
{
    private const string Path = "v1/responses";

    [Theory]
    [InlineData("utf-7")]
    [InlineData("nonsense")]
    public async Task CharsetThatNobodyReads_IsReadAsUtf8(string charset)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.PostAsync(Path, Ask($$"""{"type":"input_text","text":"read"},{{File($"text/plain; charset={charset}")}}"""));

        Assert.Equal(200, answer.Status);
        Assert.Contains("<file name=\"a.txt\">\nHello\n</file>", (string?)host.Model.Requests[0].Messages[0]!["content"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileWithoutWords_IsAMessage()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.PostAsync(Path, Ask(File("text/plain")));

        Assert.Equal(200, answer.Status);
        Assert.Contains("a.txt", host.Model.Requests[0].Texts("user")[^1], StringComparison.Ordinal);
    }

    private static string Ask(string parts) => $$"""{"model":"openclaw","input":[{"role":"user","content":[{{parts}}]}]}""";

    private static string File(string type) =>
        $$$"""{"type":"input_file","source":{"type":"base64","media_type":"{{{type}}}","data":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes("Hello"))}}}","filename":"a.txt"}}""";
}
