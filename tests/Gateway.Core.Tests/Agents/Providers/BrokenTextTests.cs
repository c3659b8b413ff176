using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Providers;

namespace OpenClaw.Gateway.Core.Tests.Agents.Providers;

/// <summary>Events of a model whose text holds halves of surrogate pairs: JSON by its grammar, and no text.</summary>
public sealed class BrokenTextTests
{
    public static TheoryData<string[], string> Texts => new()
    {
        { ["""a\ud83d""", """\ude00b"""], "a😀b" },
        { ["""a\ud83d\ude00b"""], "a😀b" },
        { ["""a\ud83d"""], "a\uFFFD" },
        { ["""\ude00b"""], "\uFFFDb" },
        { ["""\ud83d""", """\ud83d""", """\ude00"""], "\uFFFD😀" },
        { ["""a\ud83d b\n\t\"\\\/\u00e9"""], "a\uFFFD b\n\t\"\\/é" },
        { ["""\ud83d""", "", """\ude00"""], "😀" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void OpenAi_Content_IsMended(string[] pieces, string expected) =>
        Assert.Equal(expected, TextOf<TextContent>(OpenAi([.. pieces.Select(static piece => $$"""{"content":"{{piece}}"}""")])));

    [Theory]
    [MemberData(nameof(Texts))]
    public void OpenAi_Reasoning_IsMended(string[] pieces, string expected) =>
        Assert.Equal(expected, TextOf<TextReasoningContent>(OpenAi([.. pieces.Select(static piece => $$"""{"reasoning_content":"{{piece}}"}""")])));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Anthropic_Text_IsMended(string[] pieces, string expected) =>
        Assert.Equal(expected, TextOf<TextContent>(Anthropic([.. pieces.Select(static piece => $$"""{"type":"text_delta","text":"{{piece}}"}""")])));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Anthropic_Thinking_IsMended(string[] pieces, string expected) =>
        Assert.Equal(expected, TextOf<TextReasoningContent>(Anthropic([.. pieces.Select(static piece => $$"""{"type":"thinking_delta","thinking":"{{piece}}"}""")])));

    [Fact]
    public void OpenAi_ToolCall_IsPutTogether()
    {
        var call = Assert.Single(OpenAi(
            """{"tool_calls":[{"index":0,"id":"c\ud83d","function":{"name":"n\ud83d","arguments":"{\"a\":\"\ud83d"}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"\ude00\ud83d\"}"}}]}""").SelectMany(static update => update.Contents).OfType<FunctionCallContent>());

        Assert.Equal(("c\uFFFD", "n\uFFFD", null), (call.CallId, call.Name, call.Exception));
        Assert.Equal("😀\uFFFD", (string?)call.JsonArguments()["a"]);
    }

    [Fact]
    public void Anthropic_ToolCall_IsPutTogether()
    {
        var reader = new AnthropicStreamReader();
        Feed(reader.Read, """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"c\ud83d","name":"n"}}""");
        Feed(reader.Read, """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":\"\ud83d"}}""");
        Feed(reader.Read, """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\ude00\"}"}}""");

        var call = Assert.IsType<FunctionCallContent>(Assert.Single(Assert.Single(Feed(reader.Read, """{"type":"content_block_stop","index":0}""")).Contents));
        Assert.Equal(("c\uFFFD", "😀"), (call.CallId, (string?)call.JsonArguments()["a"]));
    }

    [Theory]
    [InlineData("""{"error":{"type":"x\ud83d","message":"no\ud83d"}}""")]
    [InlineData("""{"error":"no\ud83d"}""")]
    public void OpenAi_Error_IsAModelsFailure(string chunk)
    {
        var failure = Assert.Throws<ModelCallException>(() => Feed(new OpenAiStreamReader().Read, chunk)).Failure;

        Assert.DoesNotContain('\ud83d', failure.Text);
    }

    [Fact]
    public void Anthropic_Error_IsAModelsFailure()
    {
        var failure = Assert.Throws<ModelCallException>(() => Feed(new AnthropicStreamReader().Read, """{"type":"error","error":{"type":"x","message":"no\ud83d"}}""")).Failure;

        Assert.DoesNotContain('\ud83d', failure.Text);
    }

    [Fact]
    public void BrokenFieldName_IsAModelsFailure()
    {
        Assert.Throws<ModelCallException>(() => ModelEndpoint.Parse("""{"choices":[],"c\uD83d":2}"""u8));

        using var sound = ModelEndpoint.Parse("""{"c\ud83d\ude00":"\ud83d"}"""u8);
        Assert.True(sound.RootElement.TryGetProperty("c😀", out _));
    }

    [Fact]
    public void BytesThatAreNoUtf8_AreMended()
    {
        using var document = ModelEndpoint.Parse([.. "{\"a\":\"x"u8, 0xF0, 0x9F, .. "y\"}"u8]);

        Assert.Equal("x\uFFFDy", document.RootElement.GetProperty("a").GetString());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("{")]
    [InlineData("")]
    public void EventThatIsNoObject_IsAModelsFailure(string data) => Assert.Throws<ModelCallException>(() => ModelEndpoint.Parse(System.Text.Encoding.UTF8.GetBytes(data)));

    private static List<ChatResponseUpdate> OpenAi(params string[] deltas)
    {
        var reader = new OpenAiStreamReader();
        return [.. deltas.SelectMany(delta => Feed(reader.Read, $$"""{"choices":[{"delta":{{delta}},"finish_reason":"stop"}]}""")), .. reader.Finish()];
    }

    private static List<ChatResponseUpdate> Anthropic(params string[] deltas)
    {
        var reader = new AnthropicStreamReader();
        return
        [
            .. deltas.SelectMany(delta => Feed(reader.Read, $$"""{"type":"content_block_delta","index":0,"delta":{{delta}}}""")),
            .. Feed(reader.Read, """{"type":"content_block_stop","index":0}"""),
        ];
    }

    private static List<ChatResponseUpdate> Feed(Func<JsonElement, IEnumerable<ChatResponseUpdate>> read, string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. read(document.RootElement)];
    }

    private static string TextOf<T>(IEnumerable<ChatResponseUpdate> updates)
        where T : AIContent =>
        string.Concat(updates.SelectMany(static update => update.Contents).OfType<T>().Select(static content => content is TextContent text ? text.Text : ((TextReasoningContent)(AIContent)content).Text));
}
