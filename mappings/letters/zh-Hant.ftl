### 繁體中文信件（臺灣用語）。審閱者與日期見 languages.csv。

## Labels

title = 您的乳房檢查結果
dear = { $name } 您好：
dear-unknown = 您好：
label-name = 姓名：
label-number = 病歷號碼：
label-exam = 檢查日期：
label-side = 部位：
label-when = 時間：
label-who = 由誰聯絡：
label-steps = 接下來的安排
label-talk = 也請和我們談談這些事
label-more = 其他說明
label-page = { $name }的信
side-left = 左側乳房
side-right = 右側乳房
side-bilateral = 兩側乳房
quadrant-upper-outer = 外側上方
quadrant-upper-inner = 內側上方
quadrant-lower-outer = 外側下方
quadrant-lower-inner = 內側下方
quadrant-upper = 上方
quadrant-lower = 下方
quadrant-inner = 內側
quadrant-outer = 外側
quadrant-subareolar = 乳頭後方
quadrant-clock = { $clock } 點鐘方向（從醫師面對您的角度看）
step-with-side = { $first }（{ $second }）
line = { $first }：{ $second }
place-with-side = { $first }{ $second }

## Notices for the people who check the letter

notice-draft = 草稿：尚未核准，不可交給病人
notice-held = 暫停：須先由醫師確認，不可交給病人
notice-refused = 無法產生：這封信目前不能寫成，不可交給病人
notice-missing = 缺少：{ $first }
notice-example = 聯絡資料是範例，請先換成貴院的資料。
notice-deadline = 這封信最晚要在{ $date }送到病人手中。
notice-for = 給醫療團隊：{ $first }
review-needed = 已由程式檢查，尚須由人審閱
review-done = 由 { $first } 於 { $date } 審閱
interpreter-needed = 這封信是中文。您可以請我們安排口譯。

## When and who

when-by = 最晚 { $due }
when-around = { $due }前後
when-soon = 盡快
when-then = 之後在{ $dates }前後
when-series = { $first }，{ $second }
when-confirm = 您的醫療團隊會和您確認日期。
who-schedule = { $reach ->
    [phone] 我們會打電話和您約時間。還沒接到電話嗎？請打 { $phone } 給我們。
   *[team] 您的醫療團隊會打電話和您約時間。還沒接到電話嗎？請打電話給他們。
  }
who-routine = { $reach ->
    [phone] 我們會告訴您怎麼約時間。有問題嗎？請打 { $phone }。
   *[team] 您的醫療團隊會告訴您怎麼約時間。
  }
who-patient = { $reach ->
    [phone] 請打 { $phone } 和我們約時間。
   *[team] 請打電話給您的醫療團隊約時間。
  }
who-team = { $reach ->
    [phone] 這件事由我們來做，做好會告訴您。有問題嗎？請打 { $phone }。
   *[team] 這件事由您的醫療團隊來做，做好會告訴您。
  }
who-doctor = { $reach ->
    [phone] 您的醫師會打電話給您。還沒接到電話嗎？請打 { $phone } 給我們。
   *[team] 您的醫師會打電話給您。還沒接到電話嗎？請打電話給您的醫療團隊。
  }
choose-between = 您的醫療團隊會和您一起選擇：{ $first }。

## Pictures

picture-place = 位置在哪裡
picture-place-caption = 大約在這裡，就像您照鏡子看到的一樣：{ $first }。
picture-left = 您的左側
picture-right = 您的右側
picture-times = 什麼時候做什麼
picture-times-exam = 您的檢查
picture-number = 100 個圓點代表 100 個人。{ $low } 個實心的是有癌症的人，其他 { $restLow } 個人沒有。

## The main message

msg-0 = 我們還需要更多影像，才能完成您的檢查。
msg-0-PR = 我們需要您以前的影像，才能完成您的檢查。
msg-1 = 這次檢查沒有看到癌症的跡象。
msg-2 = 這次檢查沒有看到癌症的跡象。
msg-3 = 我們看到的變化很可能不是癌症。我們會再檢查一次。
msg-M3 = 我們看到一個需要再做檢查的地方。
msg-4 = 您需要做切片檢查，才能知道那是什麼。
msg-4C = 您需要盡快做切片檢查，才能知道那是什麼。
msg-5 = 您需要盡快做切片檢查。我們看到的可能是癌症。
msg-6 = 這次檢查看到的，是您的醫療團隊已經知道的癌症。
msg-P = 我們正在等您的組織化驗結果。
msg-benign = 您的組織化驗沒有發現癌症。
msg-high-risk = 您的組織化驗發現了需要再仔細看的細胞。
msg-dcis = 您的組織化驗發現了原位癌（DCIS），這是很早期的乳癌。
msg-invasive = 您的組織化驗發現了乳癌。
msg-malignant = 您的組織化驗發現了癌細胞。
msg-repeat = 您的組織化驗沒有得到清楚的答案。
msg-step = 您的結果需要進一步處理。
msg-held = 您的醫療團隊還在確認您的結果。

## What we saw

saw-spots = 我們看到了什麼
    .p1 = 我們{ $side ->
        [left] 在您的左側乳房
        [right] 在您的右側乳房
        [bilateral] 在您的兩側乳房
       *[unknown] 在您的影像上
      }看到很小的鈣質斑點。醫師把它叫做鈣化點。
saw-nothing = 我們看到了什麼
    .p1 = 您的影像看起來正常。
saw-area = 我們看到了什麼
    .p1 = 您的影像上有一個地方需要看得更清楚。
saw-held = 目前的情況
    .p1 = 我們已經有您的影像和報告。您的醫師想再看一次。
saw-tissue = 我們檢查了什麼
    .p1 = 化驗室檢查了您乳房的組織。

## What it means

means-0 = 這代表什麼
    .p1 = 您的檢查還沒有完成。我們還不能說看到的是什麼。
    .p2 = 請人回來再檢查是常有的事。這不代表您有癌症，但您需要做下一個檢查。
means-0-PR = 這代表什麼
    .p1 = 您的檢查還沒有完成。我們想看看和上次比有什麼改變。
    .p2 = 如果來不及拿到以前的影像，我們會直接判讀，並寫信給您。
means-1 = 這代表什麼
    .p1 = 您現在不需要再做別的檢查。請繼續定期做乳房攝影。
means-2 = 這代表什麼
    .p1 = 我們看到的是良性的，也就是說不是癌症。您現在不需要再做別的檢查。
    .p2 = 請繼續定期做乳房攝影。
means-3 = 這代表什麼
    .p1 = 我們想確定它沒有改變，所以會再拍新的影像。
    .p2 = 如果有改變，可能要做切片檢查，也就是取一點組織去化驗。請一定要照約定的時間來。
means-M3 = 這代表什麼
    .p1 = 從這些影像看不出那是什麼。您需要再做檢查，可能是切片檢查，也就是取一點組織去化驗。
means-4 = 這代表什麼
    .p1 = 光看影像不能知道那是什麼。可能是癌症，也可能不是。
    .p2 = 切片檢查是取一點組織去化驗，通常可以得到答案。之後醫療團隊會看結果和影像合不合。
means-4C = 這代表什麼
    .p1 = 我們看到的情況讓我們擔心。可能是癌症。光看影像不能確定。
    .p2 = 切片檢查是取一點組織去化驗，通常可以得到答案。請不要拖延。
means-5 = 這代表什麼
    .p1 = 從影像上看起來像癌症。光看影像不能確定。
    .p2 = 切片檢查是取一點組織去化驗，通常可以得到答案。請不要拖延。每一步我們都會陪著您。
means-6 = 這代表什麼
    .p1 = 之前的切片檢查已經證實了這個癌症。您的醫療團隊會和您一起安排治療，或繼續您的治療。
means-P = 這代表什麼
    .p1 = 化驗室正在檢查您的組織。化驗結果會決定下一步。
means-benign = 這代表什麼
    .p1 = 這個組織是良性的，也就是說不是癌症。
    .p2 = 下一次檢查還是很重要。
means-benign-fits =
    .p1 = 您的醫療團隊已經確認，這個結果和您的影像相符。
means-high-risk = 這代表什麼
    .p1 = 這些細胞不是癌症。但它們可能讓以後得癌症的機會變高，或者旁邊有癌症。
    .p2 = 所以要請專科醫師和您談下一步。
means-dcis = 這代表什麼
    .p1 = 這些細胞在乳管裡面。化驗沒有在乳管外面看到它們。
    .p2 = 原位癌可能和會往外長的癌症一起出現，或以後發展到那一步。所以需要治療。
means-invasive = 這代表什麼
    .p1 = 這是很難接受的消息。您不是一個人。您的醫療團隊很快會和您見面，一起安排治療。
    .p2 = 乳癌有治療的方法。哪一種適合您，要看您的檢查結果。
means-repeat = 這代表什麼
    .p1 = 取到的樣本不夠清楚，所以我們還不能說那是什麼。您需要再進一步檢查。
means-step = 這代表什麼
    .p1 = 您的醫療團隊看過您的結果，建議您做下面的步驟。他們可以告訴您原因。
means-held = 這代表什麼
    .p1 = 這還不是結果。您的醫師想先確定，再告訴您該怎麼做。

## What happens next

next-held = 接下來的安排
    .p1 = 您的醫師會確認您的結果。之後醫療團隊會打電話或寫信給您。
    .p2 = { $reach ->
        [phone] 您不必一直等我們。有問題請打 { $phone } 給我們。
       *[team] 您不必一直等我們。有問題請打電話給您的醫療團隊。
      }
next-choice = 由您決定
    .p1 = 任何檢查您都可以說不。請先和我們談談。我們會告訴您，等下去可能會怎樣。

step-routine-screening = 下一次定期乳房攝影
    .p1 = 定期做乳房攝影可以早一點發現改變。
step-short-interval-mammogram = 追蹤乳房攝影
    .p1 = 我們要看斑點有沒有改變。就算您覺得很好，也請過來。
step-magnification-views = 放大的 X 光影像
    .p1 = 可以比第一次的影像更清楚地看到斑點。
step-additional-views = 再拍幾張 X 光影像
    .p1 = 我們需要從別的角度看您的乳房。
step-diagnostic-mammogram = 更仔細的乳房攝影
    .p1 = 我們會在想看清楚的地方多拍幾張。
step-ultrasound = 超音波檢查
    .p1 = 用聲波看您乳房裡面的樣子。
step-breast-mri = 乳房磁振造影（MRI）
    .p1 = 用強力磁場拍出很清楚的乳房影像。
step-obtain-priors = 取得您以前的乳房影像
    .p1 = 我們會拿來和新的影像比較。請告訴我們以前在哪裡拍的。
step-stereotactic-biopsy = X 光導引的穿刺切片檢查
    .p1 = 醫師會從斑點取很小的樣本，送化驗室檢查。
step-ultrasound-guided-biopsy = 超音波導引的穿刺切片檢查
    .p1 = 醫師會取很小的樣本，送化驗室檢查。
step-mri-guided-biopsy = 磁振造影導引的穿刺切片檢查
    .p1 = 醫師會取很小的樣本，送化驗室檢查。
step-biopsy = 切片檢查
    .p1 = 醫師會取一點組織，送化驗室檢查。
step-surgical-biopsy = 手術切片檢查
    .p1 = 外科醫師會取出一小塊組織，送化驗室檢查。
step-fine-needle-aspiration = 細針抽吸檢查
    .p1 = 醫師用細針取一些細胞，送化驗室檢查。
step-clinician-call = 醫師打電話給您
    .p1 = 醫師會和您說明結果，並回答您的問題。
step-surgical-consult = 看乳房外科醫師
    .p1 = 外科醫師會和您談接下來怎麼做。
step-oncology-referral = 看癌症治療團隊
    .p1 = 他們會和您一起安排治療。
step-specialist-referral = 看乳房專科醫師
    .p1 = 專科醫師會和您談接下來怎麼做。
step-obtain-pathology = 取得您的組織化驗結果
    .p1 = 這個結果會決定下一步。在醫療團隊看過以前，請不要等到每年的檢查。
step-repeat-biopsy = 再做一次切片檢查
    .p1 = 我們需要再取一次樣本才能確定。
step-discordance-review = 醫療團隊比對您的結果
    .p1 = 他們會看化驗結果和您的影像合不合。
step-residual-review = 仔細看還在的斑點
    .p1 = 還看得到一些斑點。醫療團隊會決定怎麼處理。
step-post-operative-baseline = 手術後第一次乳房攝影
    .p1 = 看您的乳房現在的樣子，以後的影像會和它比較。
step-surveillance-mammogram = 後續追蹤乳房攝影
    .p1 = 可以早一點發現改變。
step-clinical-examination = 醫師檢查您的乳房
    .p1 = 醫師用手檢查您的乳房。有些改變在影像上看不到。
step-clinical-follow-up = 看您的醫師
    .p1 = 醫師會問您的情況，並檢查您的乳房。
step-supplemental-mri-discussion = 除了乳房攝影，磁振造影對我有幫助嗎？
    .p1 = 對一些風險比較高的人可能有幫助。
step-density-discussion = 乳房組織緻密對我有什麼影響？
    .p1 = 緻密的組織很常見。它可能讓乳房攝影看不清楚。
step-genetic-counselling = 我要不要找家族風險的專家談？
    .p1 = 有些基因改變會在家族裡遺傳，也會改變計畫。
step-support-referral = 我擔心的時候誰可以幫我？
    .p1 = 我們可以幫您找到可以談話的人。
step-other = 您照護中的下一步
    .p1 = 您的醫療團隊會向您說明。

## At the visit

visit-mammogram = 乳房攝影會怎麼做
    .p1 = 技術人員把您的乳房放在平板上，壓住幾秒鐘。可能會不舒服。
    .p2 = 大約需要 30 分鐘。醫師會判讀影像。請問清楚什麼時候有結果。
visit-ultrasound = 超音波會怎麼做
    .p1 = 您躺下來。我們在皮膚上塗溫的凝膠，用小探頭在上面移動。不會痛。
visit-mri = 磁振造影會怎麼做
    .p1 = 您趴在一台聲音很大的機器裡。可能會從靜脈打顯影劑。大約需要一小時。
    .p2 = 如果身體裡有金屬，或怕待在小空間，請先告訴我們。
visit-stereotactic = 切片檢查會怎麼做
    .p1 = 像拍乳房攝影一樣固定您的乳房。先打一針局部麻藥，醫師再切一個很小的開口。
    .p2 = 用針取小樣本，再用 X 光看樣本。會留一個很小的標記在乳房裡，標出位置。
    .p3 = 大約需要一小時。如果您在吃抗凝血的藥，請告訴我們。化驗需要幾天。
visit-needle = 切片檢查會怎麼做
    .p1 = 先打一針局部麻藥。我們用影像找到位置，再用針取小樣本。
    .p2 = 大約需要一小時。如果您在吃抗凝血的藥，請告訴我們。化驗需要幾天。
visit-surgical = 手術會怎麼做
    .p1 = 會用藥讓您不痛。外科醫師取出組織。通常當天就可以回家。
    .p2 = 如果您在吃抗凝血的藥，請告訴我們。化驗需要幾天。
visit-talk = 面談會怎麼進行
    .p1 = 請帶著您的問題，也帶一位您信任的人。您可以做筆記。需要時可以休息一下。

## Good to know

what-balanced = 什麼是鈣化點？
    .p1 = 鈣化點是乳房裡很小的鈣質斑點。很常見，年紀大了更常見。摸不到，也不會痛。
    .p2 = 大多數沒有害處。有些可能是癌症的早期跡象。所以每一個我們都仔細看。
what-open = 什麼是鈣化點？
    .p1 = 鈣化點是乳房裡很小的鈣質斑點。很常見，年紀大了更常見。摸不到，也不會痛。
    .p2 = 有些沒有害處。有些可能是癌症的早期跡象。組織化驗可以告訴我們是哪一種。
what-plain = 什麼是鈣化點？
    .p1 = 鈣化點是乳房裡很小的鈣質斑點。摸不到，也不會痛。
get-rid = 斑點一定要拿掉嗎？
    .p1 = 斑點本身不必拿掉。重要的是它為什麼會在那裡。
can-it-spread = 斑點會擴散嗎？
    .p1 = 不會。它是礦物質，像沙粒一樣。它不會移動，也不會長成癌症。
    .p2 = 但它可能是癌症或原位癌（DCIS，很早期的癌症）的跡象。所以組織化驗的結果很重要。
cause-diffuse = 兩側乳房都有斑點
    .p1 = 您的斑點分散在兩側乳房。這是常見的情形。
cause-vascular = 血管上的斑點
    .p1 = 您有些斑點在血管壁上。年紀大了很常見。
cause-vascular-heart = 血管上的斑點和您的心臟
    .p1 = 這種斑點可能和心臟病一起出現。請問醫師要不要檢查心臟。
cause-skin = 皮膚上的斑點
    .p1 = 您有些斑點在皮膚上，不在乳房裡面。
cause-coarse = 大的斑點
    .p1 = 您有些斑點比較大。它們可能長在以前就有、不是癌症的腫塊裡。
cause-rod = 棒狀的斑點
    .p1 = 您有些斑點在變寬的乳管裡。60 歲以後很常見。
cause-rim = 環狀的斑點
    .p1 = 您有些斑點是圓的，中間透明。它們可能出現在囊腫周圍或瘀傷之後。
cause-dystrophic = 疤痕裡的斑點
    .p1 = 您有些斑點在疤痕裡。它們可能在手術、放射治療或受傷後出現。
cause-milk = 小囊腫裡的斑點
    .p1 = 您有些斑點是浮在小囊腫裡的鈣質。
cause-suture = 縫線旁的斑點
    .p1 = 您有些斑點在以前手術的縫線旁邊。
density-dense = 緻密的乳房組織
    .p1 = 您的乳房組織比較緻密。這很常見。它可能讓乳房攝影看不清楚。
lifestyle = 照顧自己
    .p1 = 常運動、保持健康的體重、少喝酒、不抽菸，對全身都有好處。

self-awareness = 有這些變化請聯絡我們
    .p1 = 沒有一種檢查可以找到所有的問題。就算結果是好的，有下面的變化也請盡快打電話：
    .i1 = 乳房或腋下有腫塊
    .i2 = 皮膚變紅、變厚或凹陷
    .i3 = 乳頭改變或流出液體
    .i4 = 乳房大小或形狀改變
    .i5 = 一直不消失的疼痛

spots-no-signs =
    .p1 = 鈣質斑點不會造成這些變化。請不要以為是斑點引起的。

copies = 您的報告和影像
    .p1 = 您可以索取報告和影像的副本，也可以給任何醫師看。
gp-copy = 您的家庭醫師
    .p1 = 我們會把這封信的副本寄給您的家庭醫師。
second-opinion = 第二意見
    .p1 = 您可以請另一位醫師看您的結果。很多人都這樣做。
    .p2 = 請帶著影像和報告。如果做過切片，也請索取化驗的玻片。
    .p3 = 等待的時候，請不要延後我們建議的檢查。
moving-abroad =
    .p1 = 如果您搬家（包括搬到別的國家）或換醫師，請把這些和化驗結果一起帶著。

support = 給您的支持
    .p1 = 等待並不容易，擔心是正常的。請和您信任的人談談。
    .p2 = { $reach ->
        [phone] 有問題都可以問我們。請打 { $phone } 給我們。
       *[team] 有問題都可以問您的醫療團隊。
      }
support-nurse = 您的乳房護理師
    .p1 = 您可以打電話給：{ $nurse }。
support-contact = 可以談話的人
    .p1 = 想說說您的感受，可以找：{ $contact }。
support-crisis = 如果您覺得撐不下去
    .p1 = 請馬上打這個電話：{ $crisis }。

questions-routine = 您可以問的問題
    .i1 = 你們在我的影像上看到什麼？
    .i2 = 我下一次乳房攝影是什麼時候？
    .i3 = 我的家族病史會改變計畫嗎？
    .i4 = 我的乳房組織緻密嗎？這對我有什麼影響？
    .i5 = 有哪些變化要打電話給你們？
    .i6 = 我怎麼拿到影像的副本？
questions-recall = 您可以問的問題
    .i1 = 你們在我的影像上看到什麼？
    .i2 = 為什麼做這個步驟，而不是別的？
    .i3 = 多久以內要做？如果我等一等會怎樣？
    .i4 = 到時候會怎麼做？
    .i5 = 誰會告訴我結果？什麼時候？
    .i6 = 我的家族病史會改變計畫嗎？
    .i7 = 我怎麼拿到影像的副本？
questions-check = 您可以問的問題
    .i1 = 你們在我的影像上看到什麼？
    .i2 = 為什麼是再檢查，而不是現在做切片？
    .i3 = 我接下來的檢查是什麼時候？
    .i4 = 如果斑點改變了呢？如果我等一等會怎樣？
    .i5 = 誰會告訴我結果？什麼時候？
    .i6 = 我的家族病史會改變計畫嗎？
    .i7 = 我怎麼拿到影像的副本？
questions-biopsy = 您可以問的問題
    .i1 = 你們在我的影像上看到什麼？
    .i2 = 為什麼做這種切片，而不是別的？
    .i3 = 多久以內要做？如果我等一等會怎樣？
    .i4 = 我要怎麼準備？可以吃我的藥嗎？
    .i5 = 誰會打電話告訴我結果？什麼時候？
    .i6 = 如果結果不清楚呢？
    .i7 = 我的家族病史會改變計畫嗎？
questions-tissue = 您可以問的問題
    .i1 = 化驗發現了什麼？
    .i2 = 化驗結果和我的影像合嗎？
    .i3 = 我的乳房裡還有斑點嗎？
    .i4 = 下一步是什麼？什麼時候？如果我等一等會怎樣？
    .i5 = 我的家族病史會改變計畫嗎？
    .i6 = 有問題可以打電話給誰？
    .i7 = 我可以拿到影像和化驗報告嗎？
questions-treatment = 您可以問的問題
    .i1 = 檢查到底發現了什麼？
    .i2 = 我有哪些選擇？你們建議哪一個，為什麼？
    .i3 = 如果我等會怎樣？
    .i4 = 每個選擇對我的日常生活有什麼影響？
    .i5 = 誰負責我的照護？我可以打電話給誰？
    .i6 = 我的家人要不要檢查？
    .i7 = 我可以拿到影像和化驗報告嗎？
questions-held = 您可以問的問題
    .i1 = 你們在確認什麼？
    .i2 = 我什麼時候會有消息？
    .i3 = 誰會打電話給我？
    .i4 = 等待的時候我可以做什麼？
    .i5 = 有問題可以打電話給誰？
    .i6 = 我怎麼拿到報告的副本？

clinician = 誰負責
    .p1 = { $clinician } 負責判讀您的檢查。
language-help = 看這封信需要幫忙嗎
    .p1 = 您需要別的語言、大字版，或有人唸給您聽嗎？{ $reach ->
        [phone] 請打 { $phone } 給我們。
       *[team] 請告訴您的醫療團隊。
      }
interpreter-line = 口譯
    .p1 = 需要口譯請打 { $interpreter }。

## Numbers, always out of 100 and with both sides

number-0 = 100 個被請回來再檢查的人裡，大約有 { $low } 個人有癌症，大約 { $restLow } 個人沒有。
number-0-words = 被請回來再檢查的人，大多數沒有癌症。有些人有。
number-3 = 100 個有這種結果的人裡，大約 { $restLow } 個人沒有癌症，大約 { $low } 個人有。
number-range = 100 個有這種結果的人裡，有 { $low } 到 { $high } 個人有癌症，{ $restHigh } 到 { $restLow } 個人沒有。
number-4 = 很多切片檢查沒有發現癌症。有些有。
