### The letter in English. One message per block, step or label; `.p1`, `.p2` are its paragraphs, `.i1`, `.i2` its list.
### Short common words, active voice, at most 15 words to a sentence on average, Flesch-Kincaid grade 6 or less.
### Reviewer and date stand in languages.csv and, block by block, in blocks.csv.

## Labels

title = Your breast exam result
dear = Dear { $name },
dear-unknown = Hello,
label-name = Name:
label-number = Patient number:
label-exam = Exam date:
label-side = Side:
label-when = When:
label-who = Who calls:
label-steps = What happens next
label-talk = Please also talk with us about this
label-more = Good to know
label-page = Letter for { $name }
side-left = left breast
side-right = right breast
side-bilateral = both breasts
quadrant-upper-outer = upper outer part
quadrant-upper-inner = upper inner part
quadrant-lower-outer = lower outer part
quadrant-lower-inner = lower inner part
quadrant-upper = upper part
quadrant-lower = lower part
quadrant-inner = inner part
quadrant-outer = outer part
quadrant-subareolar = behind the nipple
quadrant-clock = at { $clock } o'clock, as your doctor faces you
step-with-side = { $first }: { $second }
line = { $first }: { $second }
place-with-side = { $first }, { $second }

## Notices for the people who check the letter

notice-draft = DRAFT - not released, not to be given to the patient
notice-held = HELD - a clinician must check this first, not to be given to the patient
notice-refused = REFUSED - this letter cannot be made yet, not to be given to the patient
notice-missing = Missing: { $first }
notice-example = The contact details are examples. Put in those of your site first.
notice-deadline = This letter must reach the patient by { $date }.
notice-for = For the care team: { $first }
review-needed = machine-checked, needs human review
review-done = reviewed by { $first } on { $date }
interpreter-needed = This letter is in English. You can ask for an interpreter.

## When and who

when-by = By { $due }
when-around = Around { $due }
when-soon = As soon as possible
when-then = then around { $dates }
when-series = { $first }, { $second }
when-confirm = Your care team will confirm the date.
who-schedule = { $reach ->
    [phone] We will call you to set a time. No call yet? Please call us at { $phone }.
   *[team] Your care team will call you to set a time. No call yet? Please call them.
  }
who-routine = { $reach ->
    [phone] We will tell you how to set a time. Questions? Call us at { $phone }.
   *[team] Your care team will tell you how to set a time.
  }
who-patient = { $reach ->
    [phone] Please call us at { $phone } to set a time.
   *[team] Please call your care team to set a time.
  }
who-team = { $reach ->
    [phone] We do this for you and let you know. Questions? Call us at { $phone }.
   *[team] Your care team does this for you and lets you know.
  }
who-doctor = { $reach ->
    [phone] Your doctor will call you. No call yet? Please call us at { $phone }.
   *[team] Your doctor will call you. No call yet? Please call your care team.
  }
choose-between = Your care team will choose between these with you: { $first }.

## Pictures

picture-place = Where the spot is
picture-place-caption = About here, as you see yourself in a mirror: { $first }.
picture-left = Your left
picture-right = Your right
picture-times = What happens when
picture-times-exam = Your exam
picture-number = 100 dots stand for 100 people. { $low } are filled: people who have cancer. The other { $restLow } do not.

## The main message

msg-0 = We need more pictures to finish your exam.
msg-0-PR = We need your earlier pictures to finish your exam.
msg-1 = We saw no sign of cancer on your exam.
msg-2 = We saw no sign of cancer on your exam.
msg-3 = What we saw is most likely not cancer. We will check it again.
msg-M3 = We saw something that needs more tests.
msg-4 = You need a biopsy to find out what we saw.
msg-4C = You need a biopsy soon to find out what we saw.
msg-5 = You need a biopsy soon. What we saw could be cancer.
msg-6 = Your exam shows the cancer that your care team knows about.
msg-P = We are waiting for the result of your tissue test.
msg-benign = Your tissue test found no cancer.
msg-high-risk = Your tissue test found cells that need a closer look.
msg-dcis = Your tissue test found DCIS, a very early form of breast cancer.
msg-invasive = Your tissue test found breast cancer.
msg-malignant = Your tissue test found cancer cells.
msg-repeat = Your tissue test did not give a clear answer.
msg-step = Your result calls for a next step.
msg-held = Your care team is still checking your result.

## What we saw

saw-spots = What we saw
    .p1 = We saw tiny calcium spots { $side ->
        [left] in your left breast
        [right] in your right breast
        [bilateral] in both breasts
       *[unknown] on your pictures
      }. Doctors call them calcifications.
saw-nothing = What we saw
    .p1 = Your pictures look normal to us.
saw-area = What we saw
    .p1 = One area on your pictures needs a closer look.
saw-held = Where things stand
    .p1 = We have your pictures and your report. Your doctors want to look at them once more.
saw-tissue = What we looked at
    .p1 = A lab looked at tissue from your breast.

## What it means

means-0 = What this means
    .p1 = Your exam is not finished. We cannot tell yet what we saw.
    .p2 = Being called back is common. It does not mean that you have cancer. It does mean that you need this next test.
means-0-PR = What this means
    .p1 = Your exam is not finished. We want to see what has changed since your last pictures.
    .p2 = We may not get them in time. Then we will read your exam without them and write to you.
means-1 = What this means
    .p1 = You need no extra tests now. Please keep going to your routine mammograms.
means-2 = What this means
    .p1 = What we saw is benign. That means it is not cancer. You need no extra tests now.
    .p2 = Please keep going to your routine mammograms.
means-3 = What this means
    .p1 = We want to be sure that it stays the same. So we will take new pictures.
    .p2 = If it changes, we may do a biopsy, a small tissue test. Please keep your date.
means-M3 = What this means
    .p1 = We cannot tell from these pictures what it is. You need more tests. This may be a biopsy, a small tissue test.
means-4 = What this means
    .p1 = Pictures alone cannot show what it is. It may be cancer, or it may not be.
    .p2 = A biopsy is a small tissue test. It most often gives the answer. Then your care team checks that it fits your pictures.
means-4C = What this means
    .p1 = We are concerned about what we saw. It could be cancer. Pictures alone cannot tell for sure.
    .p2 = A biopsy is a small tissue test. It most often gives the answer. Please do not put it off.
means-5 = What this means
    .p1 = It looks like cancer on your pictures. Pictures alone cannot tell for sure.
    .p2 = A biopsy is a small tissue test. It most often gives the answer. Please do not put it off. We will be with you at each step.
means-6 = What this means
    .p1 = A biopsy has shown this cancer before. Your care team will plan your treatment with you, or go on with it.
means-P = What this means
    .p1 = A lab is looking at your tissue. The lab result decides what comes next.
means-benign = What this means
    .p1 = The tissue is benign. That means it is not cancer.
    .p2 = Your next check is still important.
means-benign-fits =
    .p1 = Your care team checked that this fits your pictures.
means-high-risk = What this means
    .p1 = These cells are not cancer. They can raise the chance of cancer later on, or sit close to it.
    .p2 = So a specialist should talk with you about the next steps.
means-dcis = What this means
    .p1 = The cells are inside the milk ducts. The test did not see them outside of the ducts.
    .p2 = DCIS can come with, or later lead to, cancer that grows further. That is why it is treated.
means-invasive = What this means
    .p1 = This is hard news. You are not alone. Your care team will meet with you soon to plan your care.
    .p2 = There are treatments for breast cancer. Which one fits you depends on your test results.
means-repeat = What this means
    .p1 = The sample did not show enough. So we cannot say yet what it is. You need one more step.
means-step = What this means
    .p1 = Your care team looked at your result. They advise the step below. They can tell you why.
means-held = What this means
    .p1 = This is not a result yet. Your doctors want to be sure before they tell you what to do.

## What happens next

next-held = What happens next
    .p1 = Your doctors will check your result. Then your care team will call or write to you.
    .p2 = { $reach ->
        [phone] You do not have to wait for us. If you have questions, call us at { $phone }.
       *[team] You do not have to wait for us. If you have questions, call your care team.
      }
next-choice = It is your choice
    .p1 = You can say no to any test. Please talk with us first. We can tell you what it could mean to wait.

step-routine-screening = Your next routine mammogram
    .p1 = Regular mammograms help to find changes early.
step-short-interval-mammogram = Follow-up mammogram
    .p1 = We check if the spots have changed. Please come even if you feel well.
step-magnification-views = Close-up X-ray pictures
    .p1 = They show the spots better than the first pictures did.
step-additional-views = More X-ray pictures
    .p1 = We need to see your breast from other sides.
step-diagnostic-mammogram = Mammogram with a closer look
    .p1 = We take more pictures of the part that we want to see better.
step-ultrasound = Ultrasound
    .p1 = Sound waves make pictures of the inside of your breast.
step-breast-mri = Breast MRI
    .p1 = A strong magnet makes very clear pictures of your breasts.
step-obtain-priors = Your earlier breast pictures
    .p1 = We will compare them with the new ones. Please tell us where they were taken.
step-stereotactic-biopsy = Needle biopsy guided by X-ray
    .p1 = A doctor takes tiny samples of the spots. A lab looks at them.
step-ultrasound-guided-biopsy = Needle biopsy guided by ultrasound
    .p1 = A doctor takes tiny samples. A lab looks at them.
step-mri-guided-biopsy = Needle biopsy guided by MRI
    .p1 = A doctor takes tiny samples. A lab looks at them.
step-biopsy = Biopsy
    .p1 = A doctor takes a small sample of tissue. A lab looks at it.
step-surgical-biopsy = Biopsy by a surgeon
    .p1 = A surgeon takes out a small piece of tissue. A lab looks at it.
step-fine-needle-aspiration = Thin needle test
    .p1 = A doctor takes a few cells with a thin needle. A lab looks at them.
step-clinician-call = A call from your doctor
    .p1 = Your doctor will go over the result with you and answer your questions.
step-surgical-consult = Visit with a breast surgeon
    .p1 = The surgeon will talk with you about what to do next.
step-oncology-referral = Visit with the cancer care team
    .p1 = They will plan your treatment with you.
step-specialist-referral = Visit with a breast specialist
    .p1 = The specialist will talk with you about what to do next.
step-obtain-pathology = Getting the result of your tissue test
    .p1 = It decides what comes next. Please do not wait for a yearly check until your care team has seen it.
step-repeat-biopsy = Another biopsy
    .p1 = We need one more sample to be sure.
step-discordance-review = Your care team compares your results
    .p1 = They check if the lab result fits your pictures.
step-residual-review = A close look at the spots that are still there
    .p1 = Some spots can still be seen. Your care team will decide what to do about them.
step-post-operative-baseline = First mammogram after surgery
    .p1 = It shows how your breast looks now. Later pictures are compared with it.
step-surveillance-mammogram = Check-up mammogram
    .p1 = It helps to find changes early.
step-clinical-examination = Breast exam by your doctor
    .p1 = Your doctor checks your breasts by hand. Some changes do not show on pictures.
step-clinical-follow-up = Visit with your doctor
    .p1 = Your doctor will ask how you are and check your breasts.
step-supplemental-mri-discussion = Could a breast MRI help me, as well as mammograms?
    .p1 = It may help some people with a higher risk.
step-density-discussion = What does dense breast tissue mean for me?
    .p1 = Dense tissue is common. It can hide things on a mammogram.
step-genetic-counselling = Should I see an expert on family risk?
    .p1 = Some gene changes run in families and change the plan.
step-support-referral = Who can help me with my worries?
    .p1 = We can help you find someone to talk to.
step-other = One more step in your care
    .p1 = Your care team will tell you about it.

## At the visit

visit-mammogram = What happens at the mammogram
    .p1 = A technologist places your breast on a flat plate and presses it for a few seconds. This can be uncomfortable.
    .p2 = Plan about 30 minutes. A doctor reads the pictures. Ask when you will get the result.
visit-ultrasound = What happens at the ultrasound
    .p1 = You lie down. Someone puts warm gel on your skin and moves a small probe over it. It does not hurt.
visit-mri = What happens at the MRI
    .p1 = You lie on your belly in a loud machine. You may get a dye in a vein. Plan about one hour.
    .p2 = Tell us first if you have metal in your body or fear small spaces.
visit-stereotactic = What happens at the biopsy
    .p1 = Your breast is held as in a mammogram. You get a shot to numb the skin. Then the doctor makes a tiny cut.
    .p2 = A needle takes small samples, and we X-ray them. A tiny marker stays in your breast to show the place.
    .p3 = Plan about one hour. Tell us if you take blood thinners. The lab needs a few days.
visit-needle = What happens at the biopsy
    .p1 = You get a shot to numb the skin. We find the place with pictures. A needle takes small samples.
    .p2 = Plan about one hour. Tell us if you take blood thinners. The lab needs a few days.
visit-surgical = What happens at the surgery
    .p1 = You get medicine so that you feel no pain. The surgeon takes out the tissue. You can most often go home the same day.
    .p2 = Tell us if you take blood thinners. The lab needs a few days.
visit-talk = What happens at the talk
    .p1 = Bring your questions and a person you trust. You can take notes. Ask for breaks if you need them.

## Good to know

what-balanced = What are calcifications?
    .p1 = They are tiny spots of calcium in the breast. They are common, more so with age. You cannot feel them, and they do not hurt.
    .p2 = Most are harmless. Some can be an early sign of cancer. That is why we look at each of them with care.
what-open = What are calcifications?
    .p1 = They are tiny spots of calcium in the breast. They are common, more so with age. You cannot feel them, and they do not hurt.
    .p2 = Some are harmless. Some can be an early sign of cancer. A tissue test shows which.
what-plain = What are calcifications?
    .p1 = They are tiny spots of calcium in the breast. You cannot feel them, and they do not hurt.
get-rid = Do the spots have to go?
    .p1 = No one needs to take the spots away. What matters is why they are there.
can-it-spread = Can the spots spread?
    .p1 = No. They are mineral, like grains of sand. They do not travel, and they do not grow into cancer.
    .p2 = But they can be a sign of cancer or of DCIS, a very early form. That is why the tissue result matters.
cause-diffuse = Spots in both breasts
    .p1 = Your spots are spread through both breasts. This is a common pattern.
cause-vascular = Spots in blood vessels
    .p1 = Some of your spots are in the walls of blood vessels. This is common with age.
cause-vascular-heart = Spots in blood vessels and your heart
    .p1 = Such spots can go along with heart disease. Ask your doctor if you should have your heart health checked.
cause-skin = Spots in the skin
    .p1 = Some of your spots are in the skin, not inside the breast.
cause-coarse = Large spots
    .p1 = Some of your spots are large. They can form in an old lump that is not cancer.
cause-rod = Rod-shaped spots
    .p1 = Some of your spots are in widened milk ducts. This is common after age 60.
cause-rim = Ring-shaped spots
    .p1 = Some of your spots are round with a clear middle. They can form around a cyst or after a bruise.
cause-dystrophic = Spots in a scar
    .p1 = Some of your spots are in a scar. They can form after surgery, radiation or an injury.
cause-milk = Spots in small cysts
    .p1 = Some of your spots are calcium that floats in small cysts.
cause-suture = Spots around stitches
    .p1 = Some of your spots are around old stitches from surgery.
density-dense = Dense breast tissue
    .p1 = Your breast tissue is dense. Dense tissue is common. It can hide things on a mammogram.
lifestyle = Taking care of yourself
    .p1 = It helps to move often, keep a healthy weight, drink little alcohol and not smoke. This is good for your whole body.

self-awareness = Changes to call us about
    .p1 = No test finds everything. So call us soon if you notice one of these, even after a good result:
    .i1 = a lump in your breast or armpit
    .i2 = skin that is red, thick or dimpled
    .i3 = a nipple that changes or leaks fluid
    .i4 = a breast that changes its size or shape
    .i5 = pain that does not go away

spots-no-signs =
    .p1 = Calcium spots do not cause such changes. Please do not put them down to the spots.

copies = Your report and pictures
    .p1 = You can get copies of your report and your pictures. You can share them with any doctor.
gp-copy = Your family doctor
    .p1 = We send a copy of this letter to your family doctor.
second-opinion = A second opinion
    .p1 = You can ask another doctor to look at your result. Many people do.
    .p2 = Take your pictures and your report. If you had a biopsy, ask for the lab slides too.
    .p3 = Please do not delay the test that we advise while you wait.
moving-abroad =
    .p1 = Will you move, even to another country, or change doctors? Take them with you, and any lab results too.

support = Support for you
    .p1 = Waiting can be hard. It is normal to feel worried. Talk with someone you trust.
    .p2 = { $reach ->
        [phone] We are here for your questions. Call us at { $phone }.
       *[team] Your care team is here for your questions.
      }
support-nurse = Your breast care nurse
    .p1 = You can call { $nurse }.
support-contact = Someone to talk to
    .p1 = You can talk with { $contact } about how you feel.
support-crisis = If you feel you cannot go on
    .p1 = Call this number at once: { $crisis }.

questions-routine = Questions you can ask
    .i1 = What did you see on my pictures?
    .i2 = When is my next mammogram?
    .i3 = Does my family history change my plan?
    .i4 = Is my breast tissue dense? What does that mean for me?
    .i5 = Which changes should I call you about?
    .i6 = How can I get copies of my pictures?
questions-recall = Questions you can ask
    .i1 = What did you see on my pictures?
    .i2 = Why do I need this step and not another one?
    .i3 = How soon should it be done? What if I wait?
    .i4 = What will happen at the visit?
    .i5 = Who will tell me the result, and when?
    .i6 = Does my family history change my plan?
    .i7 = How can I get copies of my pictures?
questions-check = Questions you can ask
    .i1 = What did you see on my pictures?
    .i2 = Why do we check again and not do a biopsy now?
    .i3 = When are my next checks?
    .i4 = What if the spots change? What if I wait?
    .i5 = Who will tell me the result, and when?
    .i6 = Does my family history change my plan?
    .i7 = How can I get copies of my pictures?
questions-biopsy = Questions you can ask
    .i1 = What did you see on my pictures?
    .i2 = Why this kind of biopsy and not another one?
    .i3 = How soon should it be done? What if I wait?
    .i4 = How do I get ready? Can I take my medicines?
    .i5 = Who calls me with the result, and when?
    .i6 = What if the result is not clear?
    .i7 = Does my family history change my plan?
questions-tissue = Questions you can ask
    .i1 = What did the lab find?
    .i2 = Does the lab result fit my pictures?
    .i3 = Are there spots left in my breast?
    .i4 = What is the next step, and when? What if I wait?
    .i5 = Does my family history change my plan?
    .i6 = Who can I call with questions?
    .i7 = Can I get my pictures and the lab report?
questions-treatment = Questions you can ask
    .i1 = What exactly did the tests find?
    .i2 = What are my choices? What do you advise, and why?
    .i3 = What happens if I wait?
    .i4 = What does each choice mean for my daily life?
    .i5 = Who leads my care? Who can I call?
    .i6 = Should my family be tested?
    .i7 = Can I get my pictures and the lab report?
questions-held = Questions you can ask
    .i1 = What is being checked?
    .i2 = When will I hear from you?
    .i3 = Who will call me?
    .i4 = What can I do while I wait?
    .i5 = Who can I call with questions?
    .i6 = How can I get copies of my report?

clinician = Who is responsible
    .p1 = { $clinician } is responsible for reading your exam.
language-help = Help with this letter
    .p1 = Do you need this letter in another language, in large print or read out loud? { $reach ->
        [phone] Call us at { $phone }.
       *[team] Ask your care team.
      }
interpreter-line = Interpreter
    .p1 = Call { $interpreter } for an interpreter.

## Numbers, always out of 100 and with both sides

number-0 = Of 100 people who are called back, about { $low } { $low ->
    [one] has
   *[other] have
  } cancer. About { $restLow } do not.
number-0-words = Most people who are called back do not have cancer. Some do.
number-3 = Of 100 people with a result like this, about { $restLow } do not have cancer. About { $low } do.
number-range = Of 100 people with a result like this, between { $low } and { $high } have cancer. Between { $restHigh } and { $restLow } do not.
number-4 = Many biopsies do not show cancer. Some do.
