using System.CommandLine;
using System.Text.Json.Nodes;
using Weir.Server;
using Weir.Server.Cli;
using Xunit;

namespace Weir.Tests.Server;

/// <summary>The commands as a shell runs them, against a real server. They share the process's one console.</summary>
[Collection(nameof(CommandLineTests))]
[CollectionDefinition(nameof(CommandLineTests), DisableParallelization = true)]
public sealed class CommandLineTests
{
    [Fact]
    public async Task Queues_are_created_listed_filled_emptied_and_deleted()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal("orders", (await JsonAsync(server, "queue", "create", "orders"))["name"]!.ToString());
        await JsonAsync(server, "queue", "send", "orders", "--body", "one", "--attribute", "kind=new");
        await JsonAsync(server, "queue", "send", "orders", "--body", "two");
        Assert.Equal(2, (await JsonAsync(server, "queue", "list"))[0]!["visible"]!.GetValue<int>());

        var received = await JsonAsync(server, "queue", "receive", "orders", "--max", "12", "--delete");
        Assert.Equal(["one", "two"], received.AsArray().Select(message => $"{message!["Body"]}").Order());

        await JsonAsync(server, "queue", "send", "orders", "--body", "three");
        await JsonAsync(server, "queue", "purge", "orders", "--yes");
        Assert.Empty((await JsonAsync(server, "queue", "receive", "orders")).AsArray());
        await JsonAsync(server, "queue", "delete", "orders", "--yes");
        Assert.Empty((await JsonAsync(server, "queue", "list")).AsArray());
    }

    [Fact]
    public async Task A_fifo_queue_takes_groups_and_attributes()
    {
        await using var server = await RunningServer.StartAsync();

        await JsonAsync(server, "queue", "create", "jobs", "--fifo", "--attribute", "VisibilityTimeout=7");
        var sent = await JsonAsync(
            server, "queue", "send", "jobs.fifo", "--body", "x", "--group", "g", "--dedup", "d");
        var attributes = await JsonAsync(server, "queue", "attributes", "jobs.fifo", "--set", "DelaySeconds=3");

        Assert.NotNull(sent["SequenceNumber"]);
        Assert.Equal(("7", "3"), ($"{attributes["VisibilityTimeout"]}", $"{attributes["DelaySeconds"]}"));
    }

    [Fact]
    public async Task A_dead_letter_queue_is_moved_back()
    {
        await using var server = await RunningServer.StartAsync();
        await JsonAsync(server, "queue", "create", "dead");
        var arn = (await JsonAsync(server, "queue", "attributes", "dead"))["QueueArn"];
        var policy = new JsonObject { ["deadLetterTargetArn"] = $"{arn}", ["maxReceiveCount"] = 1 }.ToJsonString();
        await JsonAsync(
            server, "queue", "create", "work", "--attribute", $"RedrivePolicy={policy}",
            "--attribute", "VisibilityTimeout=0");
        await JsonAsync(server, "queue", "send", "work", "--body", "x");
        await JsonAsync(server, "queue", "receive", "work");
        await JsonAsync(server, "queue", "receive", "work");

        var moved = await JsonAsync(server, "queue", "move", "--from", "dead");

        Assert.Equal("completed", $"{moved["state"]}");
        Assert.Equal("x", $"{(await JsonAsync(server, "queue", "receive", "work"))[0]?["Body"]}");
    }

    [Fact]
    public async Task Dead_letters_are_told_by_cause_looked_at_and_moved_by_choice()
    {
        await using var server = await RunningServer.StartAsync();
        await JsonAsync(server, "queue", "create", "dead");
        await JsonAsync(server, "queue", "create", "again");
        foreach (var kind in (string[])["invoice", "order", "invoice"])
            await JsonAsync(server, "queue", "send", "dead", "--body", $$"""{"kind":"{{kind}}"}""");

        var failures = await JsonAsync(server, "queue", "dead-letters", "dead");
        Assert.Equal(3, (int)failures["groups"]![0]!["count"]!);
        const string Invoices = """{"body":{"kind":["invoice"]}}""";
        Assert.Equal(2, (await JsonAsync(server, "queue", "peek", "dead", "--where", Invoices)).AsArray().Count);
        var moved = await JsonAsync(
            server, "queue", "move", "--from", "dead", "--to", "again", "--where", Invoices);

        Assert.Equal(("completed", 2), ($"{moved["state"]}", (int)moved["moved"]!));
        Assert.Single((await JsonAsync(server, "queue", "peek", "dead")).AsArray());
        Assert.Equal(2, (await JsonAsync(server, "queue", "peek", "again")).AsArray().Count);
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "frob")]
    [InlineData(ExitCodes.Usage, "queue")]
    [InlineData(ExitCodes.Usage, "queue", "send")]
    [InlineData(ExitCodes.Usage, "queue", "list", "--endpoint", "nowhere")]
    [InlineData(ExitCodes.Usage, "queue", "create", "q", "--attribute", "x")]
    [InlineData(ExitCodes.Refused, "queue", "receive", "missing")]
    [InlineData(ExitCodes.Refused, "queue", "peek", "missing")]
    [InlineData(ExitCodes.Refused, "queue", "move", "--from", "missing", "--cancel")]
    [InlineData(ExitCodes.Usage, "queue", "move", "--from", "missing", "--where", "{")]
    [InlineData(ExitCodes.Usage, "queue", "dead-letters", "http://host/000000000000/missing")]
    [InlineData(ExitCodes.Usage, "queue", "send", "missing", "--file", "/does/not/exist")]
    public async Task What_cannot_be_done_has_its_exit_code(int code, params string[] arguments)
    {
        await using var server = await RunningServer.StartAsync();
        var withEndpoint = arguments.Contains("--endpoint") || arguments.Length < 3
            ? arguments
            : [.. arguments, "--endpoint", server.Server.Endpoint];

        Assert.Equal(code, (await RunAsync(withEndpoint)).Code);
    }

    [Fact]
    public async Task Health_is_asked_of_the_server()
    {
        string endpoint;
        await using (var server = await RunningServer.StartAsync())
        {
            endpoint = server.Server.Endpoint;
            Assert.Equal(ExitCodes.Done, (await RunAsync("health", "--endpoint", endpoint)).Code);
        }

        Assert.Equal(ExitCodes.Unavailable, (await RunAsync("health", "--endpoint", endpoint)).Code);
        Assert.Equal(ExitCodes.Unavailable, (await RunAsync("queue", "list", "--endpoint", endpoint)).Code);
    }

    [Fact]
    public async Task The_status_is_shown_in_words_and_as_json()
    {
        await using var server = await RunningServer.StartAsync();
        await JsonAsync(server, "queue", "create", "orders");
        await JsonAsync(server, "queue", "send", "orders", "--body", "one");

        // One more tells in the audit log who made the queue.
        Assert.Equal(2, (await JsonAsync(server, "status"))["messages"]!["stored"]!.GetValue<int>());
        var (code, words) = await RunAsync("status", "--endpoint", server.Server.Endpoint);
        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("messages    2, 2 waiting ones in memory", words, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Unavailable, (await RunAsync("status", "--endpoint", "http://127.0.0.1:9")).Code);
    }

    [Fact]
    public async Task Tenants_and_keys_are_looked_after_and_changes_are_told()
    {
        await using var server = await RunningServer.StartAsync();
        await JsonAsync(server, "tenant", "create", "111122223333", "--name", "shop");
        var admin = await JsonAsync(server, "key", "create", "--admin");
        string[] signed = ["--access-key", $"{admin["id"]}", "--secret-key", $"{admin["secret"]}"];
        var unsigned = await RunAsync("tenant", "list", "--endpoint", server.Server.Endpoint);
        Assert.Equal(ExitCodes.Refused, unsigned.Code);

        var ann = await JsonAsync(server, ["key", "create", "--tenant", "111122223333", "--user", "ann", .. signed]);
        using (var sqs = server.Sqs($"{ann["id"]}", $"{ann["secret"]}"))
        {
            await sqs.CallAsync("CreateQueue", new JsonObject { ["QueueName"] = "orders" }, default);
            await JsonAsync(server, ["tenant", "suspend", "111122223333", .. signed]);
            var suspended = await Assert.ThrowsAsync<CommandFailure>(
                () => sqs.CallAsync("ListQueues", [], default));
            Assert.Contains("suspended", suspended.Message, StringComparison.Ordinal);
            await JsonAsync(server, ["tenant", "resume", "111122223333", .. signed]);
            await sqs.CallAsync("ListQueues", [], default);
        }

        await JsonAsync(server, ["key", "disable", $"{ann["id"]}", .. signed]);
        await JsonAsync(server, ["key", "enable", $"{ann["id"]}", .. signed]);
        await JsonAsync(server, ["key", "delete", $"{ann["id"]}", .. signed]);
        var keys = await JsonAsync(server, ["key", "list", .. signed]);
        Assert.Equal(admin["id"]!.ToString(), Assert.Single(keys["keys"]!.AsArray())!["id"]!.ToString());
        var told = await JsonAsync(server, ["audit", "--tenant", "111122223333", .. signed]);
        Assert.Equal(
            "sqs:CreateQueue by arn:aws:iam::111122223333:user/ann",
            Assert.Single(told.AsArray().Select(entry => $"{entry!["action"]} by {entry["who"]}")));
    }

    [Fact]
    public async Task Quotas_are_set_listed_shown_and_taken_away()
    {
        await using var server = await RunningServer.StartAsync();
        await JsonAsync(server, "queue", "create", "orders");
        await JsonAsync(
            server, "quota", "set", "default", "--messages-max", "1", "--requests-per-second", "1000",
            "--webhook-concurrency-max", "5");
        await JsonAsync(server, "queue", "send", "orders", "--body", "x");
        var refused = await RunAsync("queue", "send", "orders", "--body", "y", "--endpoint", server.Server.Endpoint);
        Assert.Equal(ExitCodes.Refused, refused.Code);

        var (_, words) = await RunAsync("quota", "list", "--endpoint", server.Server.Endpoint);
        Assert.Contains("1000 requests a second, 1 messages, 5 calls under way", words, StringComparison.Ordinal);
        Assert.Contains("000000000000 is held back by messagesMax of 1 since", words, StringComparison.Ordinal);
        var shown = await JsonAsync(server, "quota", "show", "000000000000");
        Assert.Equal(("default", 1), ($"{shown["from"]}", shown["used"]!["messages"]!.GetValue<int>()));
        var (code, table) = await RunAsync("quota", "show", "000000000000", "--endpoint", server.Server.Endpoint);
        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("stored bytes", table, StringComparison.Ordinal);
        Assert.Equal(
            ExitCodes.Usage, (await RunAsync("quota", "set", "default", "--endpoint", server.Server.Endpoint)).Code);

        await JsonAsync(server, "quota", "delete", "default");
        await JsonAsync(server, "queue", "send", "orders", "--body", "z");
    }

    [Fact]
    public async Task The_doctor_looks_at_a_directory_and_takes_out_what_can_be_read()
    {
        var root = RunningServer.NewDirectory();
        var (data, export) = (Path.Combine(root, "data"), Path.Combine(root, "messages.jsonl"));
        await using (var server = await RunningServer.StartAsync(directory: data))
        {
            await JsonAsync(server, "queue", "create", "orders");
            await JsonAsync(server, "queue", "send", "orders", "--body", "one", "--attribute", "kind=new");
            Assert.Equal(ExitCodes.DataUnavailable, (await RunAsync("doctor", data)).Code);
        }

        var (code, words) = await RunAsync("doctor", data, "--export", export);
        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("No damage was found.", words, StringComparison.Ordinal);
        var message = Assert.Single(
            (await File.ReadAllLinesAsync(export)).Select(line => JsonNode.Parse(line)!),
            one => one["queue"]!.ToString() == "orders");
        Assert.True(message["certain"]!.GetValue<bool>());
        Assert.Equal("orders one new",
            $"{message["queue"]} {message["body"]} {message["attributes"]!["kind"]!["value"]}");
        Assert.Equal(ExitCodes.Usage, (await RunAsync("doctor", data, "--export", export)).Code);
        Assert.Equal(ExitCodes.DataUnavailable, (await RunAsync("doctor", Path.Combine(root, "nowhere"))).Code);

        var checkpoint = Directory.GetFiles(data, "checkpoint-*").Single();
        var bytes = await File.ReadAllBytesAsync(checkpoint);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(checkpoint, bytes);
        var (damaged, json) = await RunAsync("doctor", data, "--json");
        Assert.Equal(ExitCodes.DataCorrupt, damaged);
        Assert.Contains(Path.GetFileName(checkpoint), $"{JsonNode.Parse(json)!["damage"]}", StringComparison.Ordinal);
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void Every_command_and_option_says_what_it_is()
    {
        foreach (var command in Commands(WeirCommandLine.Build()))
        {
            Assert.False(string.IsNullOrWhiteSpace(command.Description), command.Name);
            foreach (var symbol in command.Options.Concat<Symbol>(command.Arguments))
                Assert.False(string.IsNullOrWhiteSpace(symbol.Description), symbol.Name);
            if (command.Parents.FirstOrDefault() is { Name: "queue" })
                Assert.Contains("Example", command.Description, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<Command> Commands(Command command) =>
        command.Subcommands.SelectMany(Commands).Prepend(command);

    private static async Task<JsonNode> JsonAsync(RunningServer server, params string[] arguments)
    {
        var (code, output) = await RunAsync([.. arguments, "--json", "--endpoint", server.Server.Endpoint]);
        Assert.Equal(ExitCodes.Done, code);
        return JsonNode.Parse(output)!;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var written = new StringWriter();
        Console.SetOut(written);
        Console.SetError(TextWriter.Null);
        try
        {
            return (await WeirCommandLine.RunAsync(arguments), written.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
