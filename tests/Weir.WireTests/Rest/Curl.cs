using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Weir.WireTests.Rest;

/// <summary>What curl was answered.</summary>
internal sealed record CurlReply(int Status, string Body)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public string this[string member] => Json[member]!.ToString();
}

/// <summary>HTTP as anybody can speak it: the curl program, one process for each request.</summary>
internal static class Curl
{
    public static Task<CurlReply> PostAsync(string url, string body, params string[] headers) =>
        RunAsync([
            "--data-binary", body, .. headers.SelectMany(header => new[] { "--header", header }), url,
        ]);

    public static Task<CurlReply> GetAsync(string url) => RunAsync([url]);

    private static async Task<CurlReply> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("curl") { RedirectStandardOutput = true };
        string[] always = ["--silent", "--max-time", "60", "--write-out", "\n%{http_code}"];
        foreach (var argument in always.Concat(arguments)) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var end = output.LastIndexOf('\n');
        return new CurlReply(int.Parse(output.AsSpan(end + 1), CultureInfo.InvariantCulture), output[..end]);
    }
}
