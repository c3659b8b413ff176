using System.Collections.Concurrent;
using System.Text.Json;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Core.Channels.Inbound.Commands;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

/// <summary>Lists in chats: their buttons, and what a press on one does.</summary>
public sealed class ListButtonTests
{
    private readonly ConcurrentQueue<EditAction> _edits = new();

    [Theory]
    [InlineData("commands_page_2", "commands", "2")]
    [InlineData("commands_page_2:main", "commands", "2")]
    [InlineData("commands_page_noop:main", "commands", "noop")]
    [InlineData("mdl_prov", "models", "")]
    [InlineData("mdl_back", "models", "")]
    [InlineData("mdl_list_my_provider_12", "models", "my_provider 12")]
    [InlineData("mdl_sel_mock/a/b", "model", "mock/a/b")]
    [InlineData("mdl_sel_/m1", null, null)]
    [InlineData("mdl_sel_mock/", null, null)]
    [InlineData("mdl_list_", null, null)]
    [InlineData("mdl_other", null, null)]
    [InlineData("yes", null, null)]
    public void Parse_Data_IsACommandOrNone(string data, string? name, string? arguments)
    {
        var command = ListButtons.Parse(data);

        Assert.Equal((name, arguments), (command?.Name, command?.Arguments));
    }

    [Fact]
    public void Models_OfManyPages_CanBeTurned()
    {
        var models = Enumerable.Range(1, 20).Select(static i => $"m{i:00}").Append(new string('x', 80)).ToList();

        var rows = ListButtons.Models("mock", models, page: 2, current: "m10", maxData: 64).Select(static row => string.Join(" | ", row.Select(static button => $"{button.Text}={button.Data}"))).ToList();

        Assert.Equal("m09=mdl_sel_mock/m09", rows[0]);
        Assert.Equal("m10 ✓=mdl_sel_mock/m10", rows[1]);
        Assert.Equal("◀ Prev=mdl_list_mock_1 | 2/3=mdl_list_mock_2 | Next ▶=mdl_list_mock_3", rows[^2]);
        Assert.Equal("<< Back=mdl_back", rows[^1]);
        // The one whose name does not fit below a button is left to words.
        Assert.DoesNotContain(ListButtons.Models("mock", models, page: 3, current: null, maxData: 64), static row => row[0].Text.StartsWith('…'));
    }

    [Fact]
    public async Task Commands_WhereThereAreButtons_AreTurnedInPlace()
    {
        await using var host = await StartAsync();
        await using var channel = await ServeAsync(host, ActionResult.Done);

        await host.SayAsync(InboundHost.Direct("/commands"));
        var first = await host.SentAsync();
        await host.SayAsync(Press("commands_page_2", "p1"));
        await host.SayAsync(Press("commands_page_noop", "p2"));
        await host.SentNothingAsync();

        Assert.StartsWith("Commands, page 1 of ", first.Text, StringComparison.Ordinal);
        Assert.Equal("commands_page_2", first.Buttons[0][^1].Data);
        var edit = Assert.Single(_edits);
        Assert.Equal(("42", "77"), (edit.To, edit.MessageId));
        Assert.StartsWith("Commands, page 2 of ", edit.Text, StringComparison.Ordinal);
        Assert.Equal("commands_page_1", edit.Buttons[0][0].Data);
        Assert.Empty(host.Model.Requests);
    }

    [Fact]
    public async Task Models_AreChosenByPressing()
    {
        await using var host = await StartAsync();
        await using var channel = await ServeAsync(host, ActionResult.Done);

        await host.SayAsync(InboundHost.Direct("/models"));
        var providers = await host.SentAsync();
        await host.SayAsync(Press("mdl_list_mock_1", "p1"));
        await host.SayAsync(Press("mdl_sel_mock/m2", "p2"));
        var chosen = await host.SentAsync();
        await host.SayAsync(Press("mdl_list_mock_99", "p3"));
        await host.SayAsync(Press("mdl_list_bogus_1", "p4"));
        await host.SayAsync(Press("mdl_back", "p5"));
        await host.SentNothingAsync();

        Assert.Contains("mdl_list_mock_1", providers.Buttons.SelectMany(static row => row).Select(static button => button.Data));
        Assert.Equal("Model set to mock/m2.", chosen.Text);
        var edits = _edits.ToList();
        Assert.Equal(4, edits.Count);
        Assert.Equal(["m1 ✓", "m2", "<< Back"], edits[0].Buttons.Select(static row => row[0].Text));
        // A page that there is not is the last one.
        Assert.Equal(["m1", "m2 ✓", "<< Back"], edits[1].Buttons.Select(static row => row[0].Text));
        Assert.StartsWith("No such provider.", edits[2].Text, StringComparison.Ordinal);
        Assert.Equal(providers.Buttons.Count, edits[3].Buttons.Count);
    }

    /// <summary>A list that cannot be changed any more comes anew.</summary>
    [Fact]
    public async Task Press_OnAListThatIsGone_IsAnsweredByAMessage()
    {
        await using var host = await StartAsync();
        await using var channel = await ServeAsync(host, ActionResult.Failed("message can't be edited"));

        await host.SayAsync(Press("mdl_list_mock_1", "p1"));

        Assert.Equal("mdl_sel_mock/m1", (await host.SentAsync()).Buttons[0][0].Data);
    }

    /// <summary>Presses that are too many for the provider are not made up for by as many lists.</summary>
    [Fact]
    public async Task Press_BeyondWhatTheProviderTakes_IsNotAnswered()
    {
        await using var host = await StartAsync();
        await using var channel = await ServeAsync(host, ActionResult.Failed("Too Many Requests: retry after 30") with { IsLimited = true });

        await host.SayAsync(Press("commands_page_2", "p1"));
        await host.SayAsync(Press("mdl_list_mock_1", "p2"));
        await host.SentNothingAsync();

        Assert.Equal(2, _edits.Count);
    }

    /// <summary>In a group everybody sees the buttons.</summary>
    [Theory]
    [InlineData("mdl_sel_mock/m2")]
    [InlineData("commands_page_2")]
    [InlineData("/model mock/m2")]
    public async Task Press_InAGroupOfSomebodyWhoMayNotCommand_IsNobodysBusiness(string data)
    {
        await using var host = await StartAsync("groupPolicy: 'open', groups: { '*': {} }, allowFrom: [42], groupAllowFrom: [42], capabilities: { inlineButtons: 'all' }");
        await using var channel = await ServeAsync(host, ActionResult.Done);

        await host.SayAsync(InboundHost.Group(data, "p1", "43") with { Kind = InboundKind.Button, WasMentioned = true, ReplyTo = new QuotedMessage("77") });
        await host.SentNothingAsync();

        Assert.Empty(_edits);
        Assert.Empty(host.Model.Requests);
    }

    [Theory]
    [InlineData("commands_page_999999999999999999999")]
    [InlineData("commands_page_0")]
    [InlineData("commands_page_-1")]
    [InlineData("commands_page_1e1")]
    public async Task Press_OfAPageThatIsNone_DoesNothing(string data)
    {
        await using var host = await StartAsync();
        await using var channel = await ServeAsync(host, ActionResult.Done);

        await host.SayAsync(Press(data, "p1"));
        await host.SentNothingAsync();

        Assert.Empty(_edits);
        Assert.Empty(host.Model.Requests);
    }

    /// <summary>What could not be chosen is not on the list, and what the configuration names is, whoever knows it.</summary>
    [Fact]
    public async Task Models_AreThoseThatMayBeChosen()
    {
        await using var host = await StartAsync("allowFrom: [42]", "", ", models: { 'openai/gpt-4o': {}, 'elsewhere/new': {} }");

        await host.SayAsync(InboundHost.Direct("/models"));
        var providers = await host.SentAsync();
        await host.SayAsync(InboundHost.Direct("/models openai", "2"));
        var models = await host.SentAsync();

        Assert.Equal(["elsewhere (1)", "mock (2)", "openai (1)"], providers.Buttons.SelectMany(static row => row).Select(static button => button.Text));
        Assert.Equal("mdl_sel_openai/gpt-4o", models.Buttons[0][0].Data);
    }

    /// <summary>Who may write is not who may command.</summary>
    [Fact]
    public async Task Press_OfSomebodyWhoMayNotCommand_ChangesNothing()
    {
        await using var host = await StartAsync("dmPolicy: 'open', allowFrom: ['*', 42], capabilities: { inlineButtons: 'all' }", "commands: { ownerAllowFrom: [42] }");
        await using var channel = await ServeAsync(host, ActionResult.Done);

        await host.SayAsync(Press("mdl_sel_mock/m2", "p1", sender: "43"));
        Assert.Equal("You are not authorized to use this command.", (await host.SentAsync()).Text);
        await host.SayAsync(InboundHost.Direct("/model", "m1"));

        Assert.StartsWith("Model: mock/m1 ", (await host.SentAsync()).Text, StringComparison.Ordinal);
        Assert.Empty(_edits);
    }

    [Fact]
    public async Task Lists_WhereButtonsAreSwitchedOff_AreWords()
    {
        await using var host = await StartAsync("allowFrom: [42], capabilities: { inlineButtons: 'off' }");

        await host.SayAsync(InboundHost.Direct("/models"));
        var answer = await host.SentAsync();

        Assert.Empty(answer.Buttons);
        Assert.Contains("- mock (2)", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Typed, it is for the agent.</summary>
    [Fact]
    public async Task Data_ThatIsTyped_IsNoPress()
    {
        await using var host = (await StartAsync()).Answers("ok");

        await host.SayAsync(InboundHost.Direct("mdl_sel_mock/m2"));

        Assert.Equal("ok", (await host.SentAsync()).Text);
        Assert.Equal("m1", Assert.Single(host.Model.Requests).Model);
    }

    private static async Task<InboundHost> StartAsync(string telegram = "allowFrom: [42]", string sections = "", string defaults = "")
    {
        var host = await InboundHost.StartAsync(telegram, sections, defaults: defaults);
        var description = new ChannelDescription("telegram", "Telegram") { MaxButtonData = 64 };
        await host.Bus.Maps.SetAsync(ChannelNames.DirectoryMap, "telegram", JsonSerializer.SerializeToUtf8Bytes(description, ChannelJsonContext.Default.ChannelDescription));
        return host;
    }

    private static InboundMessage Press(string data, string id, string sender = "42") => InboundHost.Direct(data, id, sender) with
    {
        Kind = InboundKind.Button,
        WasMentioned = true,
        ReplyTo = new QuotedMessage("77"),
    };

    private async Task<IAsyncDisposable> ServeAsync(InboundHost host, ActionResult result) =>
        await host.Bus.Calls.ServeAsync(ChannelNames.AccountService("telegram", "default"), (request, _) =>
        {
            if (JsonSerializer.Deserialize(request.Payload.Span, ChannelJsonContext.Default.ChannelAction) is EditAction edit)
                _edits.Enqueue(edit);
            return ValueTask.FromResult<ReadOnlyMemory<byte>>(JsonSerializer.SerializeToUtf8Bytes(result, ChannelJsonContext.Default.ActionResult));
        });
}
