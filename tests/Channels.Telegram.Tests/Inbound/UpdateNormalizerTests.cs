using System.Text.Json;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Channels.Telegram.Inbound;

namespace OpenClaw.Channels.Telegram.Tests.Inbound;

/// <summary>What the API says, in the terms that all channels share. The JSON is the API's.</summary>
public sealed class UpdateNormalizerTests
{
    private const string Bob = """{"id":42,"is_bot":false,"first_name":"Bob","last_name":"B","username":"bob"}""";
    private const string Private = """{"id":42,"type":"private","first_name":"Bob"}""";
    private const string Group = """{"id":-1001,"type":"supergroup","title":"Team"}""";
    private const string Forum = """{"id":-1005,"type":"supergroup","title":"Forum","is_forum":true}""";

    private readonly UpdateNormalizer _normalizer = new("default", new User { Id = 999, IsBot = true, FirstName = "Fake", Username = "fake_bot" }, static (chat, message) => (chat, message) == (42, 5));

    [Fact]
    public void Links_BecomeMarkdown()
    {
        var message = Normalize(Private, """
            "text":"see here and code","entities":[{"type":"text_link","offset":4,"length":4,"url":"https://e.org/a"},{"type":"code","offset":13,"length":4},{"type":"bold","offset":0,"length":3}]
            """);

        Assert.Equal("see [here](https://e.org/a) and `code`", message.Text);
    }

    [Theory]
    [InlineData("\"entities\":[{\"type\":\"text_link\",\"offset\":2,\"length\":400,\"url\":\"https://e.org\"}]")]
    [InlineData("\"entities\":[{\"type\":\"mention\",\"offset\":-1,\"length\":2}]")]
    [InlineData("\"entities\":[{\"type\":\"bot_command\",\"offset\":0,\"length\":2147483647}]")]
    public void EntitiesThatAreNoPartOfTheText_ArePassedOver(string entities) => Assert.Equal("hello", Normalize(Private, "\"text\":\"hello\"," + entities).Text);

    [Theory]
    [InlineData("hi @fake_bot", "mention", 3, 9, true, false)]
    [InlineData("hi @FAKE_Bot", "mention", 3, 9, true, false)]
    [InlineData("hi @other_bot", "mention", 3, 10, false, true)]
    [InlineData("hi all", "bold", 0, 2, false, false)]
    public void Mentions_AreOfUsOrOfOthers(string text, string type, int offset, int length, bool self, bool others)
    {
        var message = Normalize(Group, $$"""
            "text":"{{text}}","entities":[{"type":"{{type}}","offset":{{offset}},"length":{{length}}}]
            """);

        Assert.Equal((self, others), (message.WasMentioned, message.MentionsOthers));
    }

    [Fact]
    public void MentionWithoutHandle_IsByItsUser() =>
        Assert.True(Normalize(Group, """
            "text":"hi Fake","entities":[{"type":"text_mention","offset":3,"length":4,"user":{"id":999,"is_bot":true,"first_name":"Fake"}}]
            """).WasMentioned);

    [Theory]
    [InlineData("/status@fake_bot now", 16, "/status now", true, true, false)]
    [InlineData("/status now", 7, "/status now", true, false, false)]
    [InlineData("/status@other_bot", 17, "/status@other_bot", false, false, true)]
    public void Commands_LoseOurName(string text, int length, string rest, bool isCommand, bool mentioned, bool others)
    {
        var message = Normalize(Group, $$"""
            "text":"{{text}}","entities":[{"type":"bot_command","offset":0,"length":{{length}}}]
            """);

        Assert.Equal((rest, isCommand, mentioned, others), (message.Text, message.IsNativeCommand, message.WasMentioned, message.MentionsOthers));
    }

    [Fact]
    public void AnswerToUs_IsAMention()
    {
        var message = Normalize(Group, """
            "text":"yes","reply_to_message":{"message_id":5,"date":1,"chat":{"id":-1001,"type":"supergroup"},"from":{"id":999,"is_bot":true,"first_name":"Fake"},"text":"sure?"}
            """);

        Assert.True(message.WasMentioned);
        Assert.Equal(new QuotedMessage("5") { Text = "sure?", Sender = "Fake" }, message.ReplyTo);
    }

    [Fact]
    public void Quote_IsThePartThatWasPicked()
    {
        var message = Normalize(Private, """
            "text":"this","quote":{"text":"ori","position":0},"reply_to_message":{"message_id":5,"date":1,"chat":{"id":42,"type":"private"},"photo":[{"file_id":"a","width":1,"height":1}],"caption":"original"}
            """);

        Assert.Equal(new QuotedMessage("5") { Text = "ori", IsExcerpt = true }, message.ReplyTo);
    }

    [Theory]
    [InlineData(Forum, "\"message_thread_id\":77,\"is_topic_message\":true,", "77")]
    [InlineData(Forum, "", "1")]
    [InlineData(Group, "\"message_thread_id\":77,", null)]
    [InlineData(Group, "", null)]
    [InlineData(Private, "\"message_thread_id\":7,", "7")]
    public void Topics_AreThoseOfForums_AndGeneralIs1(string chat, string thread, string? expected) =>
        Assert.Equal(expected, Normalize(chat, thread + "\"text\":\"hi\"").Chat.ThreadId);

    [Fact]
    public void MessageThatOpenedTheTopic_IsNoAnswer() =>
        Assert.Null(Normalize(Forum, """
            "message_thread_id":77,"is_topic_message":true,"text":"hi","reply_to_message":{"message_id":77,"date":1,"chat":{"id":-1005,"type":"supergroup"},"from":{"id":999,"is_bot":true,"first_name":"Fake"}}
            """).ReplyTo);

    [Fact]
    public void Forward_SaysWhereFrom()
    {
        var message = Normalize(Private, """
            "text":"news","forward_origin":{"type":"channel","date":1700000000,"chat":{"id":-1009,"type":"channel","title":"News","username":"news"},"message_id":4,"author_signature":"Ann"}
            """);

        Assert.Equal(new ForwardOrigin("News (Ann)") { Type = "channel", Id = "-1009", Username = "news", SentAtMs = 1700000000000 }, message.Forwarded);
    }

    [Fact]
    public void Place_HasItsName()
    {
        var message = Normalize(Private, """
            "location":{"latitude":48.2,"longitude":16.37},"venue":{"location":{"latitude":48.2,"longitude":16.37,"horizontal_accuracy":5,"live_period":60},"title":"Cafe","address":"Ring 1"}
            """);

        Assert.Equal(new GeoLocation(48.2, 16.37) { AccuracyMeters = 5, Name = "Cafe", Address = "Ring 1", IsLive = true }, message.Location);
    }

    [Theory]
    [InlineData("\"video\":{\"file_id\":\"f\"}", MediaKind.Video, "video/mp4")]
    [InlineData("\"video_note\":{\"file_id\":\"f\"}", MediaKind.Video, "video/mp4")]
    [InlineData("\"audio\":{\"file_id\":\"f\",\"mime_type\":\"audio/flac\"}", MediaKind.Audio, "audio/flac")]
    [InlineData("\"voice\":{\"file_id\":\"f\",\"mime_type\":\"audio/ogg\"}", MediaKind.Voice, "audio/ogg")]
    [InlineData("\"document\":{\"file_id\":\"f\",\"mime_type\":\"application/pdf\"}", MediaKind.Document, "application/pdf")]
    [InlineData("\"sticker\":{\"file_id\":\"f\",\"emoji\":\"👍\"}", MediaKind.Sticker, "image/webp")]
    [InlineData("\"animation\":{\"file_id\":\"f\"},\"document\":{\"file_id\":\"f\"}", MediaKind.Video, "video/mp4")]
    public void Files_AreFoundByKind(string member, MediaKind kind, string type)
    {
        var file = Assert.Single(Read(Private, member)!.Files);

        Assert.Equal((kind, type), (file.Kind, file.ContentType));
    }

    [Fact]
    public void Photo_OfSeveralSizes_TheLargestComesFirst()
    {
        var file = Assert.Single(Read(Private, """
            "photo":[{"file_id":"s","width":90,"height":60},{"file_id":"l","width":1280,"height":853},{"file_id":"m","width":320,"height":213}],"caption":"look"
            """)!.Files);

        Assert.Equal(["l", "m", "s"], file.Choices.Select(choice => choice.FileId));
    }

    [Theory]
    [InlineData("\"sticker\":{\"file_id\":\"f\",\"is_animated\":true}")]
    [InlineData("\"sticker\":{\"file_id\":\"f\",\"is_video\":true}")]
    [InlineData("\"new_chat_members\":[]")]
    public void WhatThePeerIgnores_IsNoMessage(string member) => Assert.Null(Read(Private, member));

    [Fact]
    public void OwnMessage_IsNone() =>
        Assert.Null(_normalizer.Normalize(new Message { MessageId = 1, Chat = new Chat { Id = -1 }, From = new User { Id = 999 }, Text = "echo" }));

    [Fact]
    public void Press_IsItsData()
    {
        var press = JsonSerializer.Deserialize($$"""
            {"id":"cb1","from":{{Bob}},"data":"yes","message":{"message_id":5,"date":1,"chat":{{Forum}},"message_thread_id":77,"text":"sure?","from":{"id":999,"is_bot":true,"first_name":"Fake"} } }
            """, BotJsonContext.Default.Update.Options.GetTypeInfo(typeof(CallbackQuery))) as CallbackQuery;

        var message = _normalizer.Normalize(press!)!;

        Assert.Equal((InboundKind.Button, "cb1", "yes", "77", "42"), (message.Kind, message.MessageId, message.Text, message.Chat.ThreadId, message.Sender.Id));
        Assert.Equal(new QuotedMessage("5") { Text = "sure?", Sender = "Fake" }, message.ReplyTo);
    }

    [Fact]
    public void Reaction_SaysWhatCameAndWent()
    {
        var message = _normalizer.Normalize(new MessageReactionUpdated
        {
            Chat = new Chat { Id = 42 },
            MessageId = 5,
            User = new User { Id = 42, FirstName = "Bob" },
            Date = 1700000000,
            OldReaction = [new ReactionType { Type = "emoji", Emoji = "🔥" }, new ReactionType { Type = "emoji", Emoji = "👀" }],
            NewReaction = [new ReactionType { Type = "emoji", Emoji = "👍" }, new ReactionType { Type = "emoji", Emoji = "👀" }],
        })!;

        Assert.Equal(InboundKind.Reaction, message.Kind);
        Assert.Equal(("5", true), (message.Reaction!.TargetMessageId, message.Reaction.IsOnOwn));
        Assert.Equal(["👍"], message.Reaction.Added);
        Assert.Equal(["🔥"], message.Reaction.Removed);
    }

    [Fact]
    public void SenderAndChat_AreAsTheApiSays()
    {
        var message = Normalize(Group, "\"text\":\"hi\"");

        Assert.Equal(new ChatSender("42") { Name = "Bob B", Username = "bob" }, message.Sender);
        Assert.Equal(new ChatAddress(ChatType.Group, "-1001") { Title = "Team" }, message.Chat);
    }

    private NormalizedMessage? Read(string chat, string members) => _normalizer.Normalize(
        JsonSerializer.Deserialize($$"""{"message_id":7,"date":1700000000,"chat":{{chat}},"from":{{Bob}},{{members}}}""", BotJsonContext.Default.Message)!);

    private InboundMessage Normalize(string chat, string members) => Read(chat, members)!.Message;
}
